import Foundation

/// libFuzzer's own loop; `-sanitize=fuzzer` links it.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> Int32
) -> Int32

/// What the environment names is fuzzed; libFuzzer keeps the arguments for itself.
private let target = ProcessInfo.processInfo.environment["TRIBUTARY_FUZZ_TARGET"].flatMap(FuzzTarget.init(rawValue:))

guard target != nil else {
    print("Set TRIBUTARY_FUZZ_TARGET to one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
    exit(2)
}

if CommandLine.arguments.dropFirst().first == "--seeds", CommandLine.arguments.count == 3 {
    do {
        try target?.writeSeeds(to: URL(fileURLWithPath: CommandLine.arguments[2]))
        exit(0)
    } catch {
        print("The seeds could not be written: \(error)")
        exit(1)
    }
}

private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
exit(
    runFuzzer(&count, &arguments) { start, count in
        do {
            try target?.run(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
            // Safe: libFuzzer learns only from a trap that an input is to be kept.
            fatalError("broken: \(error)")
        }
        return 0
    })
