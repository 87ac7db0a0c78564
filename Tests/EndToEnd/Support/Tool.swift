import Foundation
import Standards

/// Runs a command to its end.
struct Tool {
    let code: Int32
    let output: String
    let errors: String

    static let outputBytesMax = 16 * 1024 * 1024

    /// - Parameter seconds: after which it is killed and the test fails.
    @discardableResult
    init(
        _ arguments: [String], program: String = ProjectFiles.command, environment: [String: String] = [:],
        seconds: Double = 60
    ) throws {
        let scratch = try Scratch()
        let child = try Child(
            arguments, program: program, output: scratch.file("output"), log: scratch.file("errors"),
            environment: environment)
        child.closeInput()
        let ending = try child.wait(seconds: seconds, "\(program) \(arguments.joined(separator: " "))")
        output = Scratch.text(of: scratch.file("output"))
        errors = Scratch.text(of: scratch.file("errors"))
        guard let code = ending.code else {
            throw Failure("\(program) \(arguments) was ended by signal \(ending.signal ?? 0): \(errors)")
        }
        self.code = code
    }

    /// The same, for a command that must succeed.
    @discardableResult
    static func done(_ arguments: [String], seconds: Double = 60) throws -> Tool {
        let tool = try Tool(arguments, seconds: seconds)
        guard tool.code == 0 else {
            throw Failure("tributary \(arguments.joined(separator: " ")) ended with \(tool.code):\n\(tool.errors)")
        }
        return tool
    }

    var json: JSONValue {
        get throws { try JSONValue(parsing: output, sizeLimit: Self.outputBytesMax) }
    }
}
