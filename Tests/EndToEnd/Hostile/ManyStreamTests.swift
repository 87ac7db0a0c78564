import Foundation
import Glibc
import Standards
import Testing

extension RealProcesses {
    @Suite("Ten thousand streams of events")
    struct ManyStreamTests {
        private static let wanted = 10_000
        /// Descriptors that it has beside its streams.
        private static let spare = 64

        private static let python = "/usr/bin/python3"

        /// Opens as many streams at a port as asked, under a limit of descriptors, says of each how it was answered,
        /// and holds all of them until its input ends.
        private static let crowd = """
            import os, resource, socket, sys
            port, descriptors, number = (int(word) for word in sys.argv[1:])
            resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
            lines = ["GET /api/events HTTP/1.1", "Host: node", "Authorization: Bearer " + os.environ["TOKEN"], "", ""]
            held = []
            for _ in range(number):
                stream = socket.create_connection(("127.0.0.1", port), timeout=30)
                try:
                    stream.sendall("\\r\\n".join(lines).encode())
                except OSError:
                    pass
                held.append(stream)
            for stream in held:
                try:
                    words = stream.recv(64).split()
                except OSError:
                    words = []
                print(words[1].decode() if len(words) > 1 else "closed")
            print("held", flush=True)
            sys.stdin.read()
            """

        /// What the system lets a process of ours have at most.
        private static func descriptorsMax() throws -> Int {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
                throw Failure("the limit of descriptors cannot be read")
            }
            return Int(clamping: limit.rlim_max)
        }

        @Test(
            "as many from another process are served as the limit names, the others are told, and the node serves on",
            .enabled(if: FileManager.default.isExecutableFile(atPath: python), "there is no python3 here"))
        func tenThousand() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let before = try node.figures().descriptors()
                let most = try Self.descriptorsMax()
                let number = min(Self.wanted, most - Self.spare)
                if number < Self.wanted {
                    print("a process may have \(most) descriptors here: \(number) streams instead of \(Self.wanted)")
                }
                let (out, log) = (province.scratch.file("crowd.out"), province.scratch.file("crowd.log"))
                let crowd = try Child(
                    ["-c", Self.crowd, "\(node.client.port)", "\(number + Self.spare)", "\(number)"],
                    program: Self.python, output: out, log: log, environment: ["TOKEN": node.token])
                try Moment.wait(for: "each stream to begin, to be refused or to be closed", seconds: 180) {
                    crowd.ending() != nil || Scratch.text(of: out).hasSuffix("held\n")
                }
                let said = Scratch.text(of: out).split(separator: "\n").map(String.init)
                try #require(said.last == "held" && said.count == number + 1, "\(Scratch.text(of: log).suffix(500))")
                let statuses = Dictionary(said.dropLast().map { ($0, 1) }, uniquingKeysWith: +)
                print("\(number) streams: \(statuses.sorted { $0.key < $1.key })")
                #expect(Set(statuses.keys).isSubset(of: ["200", "503", "429", "closed"]), "\(statuses)")
                #expect(statuses["503"] ?? 0 > 0, "\(statuses)")
                let served = try #require(statuses["200"])
                // All are still held: whoever comes now is told how many there may be.
                let refused = try node.call("GET", "/api/events")
                #expect(refused.status == 503)
                #expect(refused.detail.contains("\(served)"), "\(refused.detail), and \(served) are open")
                let ids = try (1...5).map { try node.open("其间 \($0)") }
                for id in ids { #expect(try node.holds(id)) }
                #expect(try node.get("/api/verify")["clean"] == true)
                #expect(try node.figures().peakMiB() < Hostility.peakMiBMax)
                crowd.closeInput()
                _ = try crowd.wait("the crowd")
                try Moment.wait(for: "the descriptors to be closed") {
                    try node.figures().descriptors() <= before + 16
                }
                _ = try EventTap(node)
            }
        }
    }
}
