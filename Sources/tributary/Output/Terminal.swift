import Glibc

/// Standard output and standard error, written at once so that a pipe sees every line when it is said.
enum Terminal {
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    /// A line for whoever asked.
    static func say(_ line: String) { write(line + "\n", STDOUT_FILENO) }

    /// A line beside the answer: progress, warnings, failures.
    static func note(_ line: String) { write(line + "\n", STDERR_FILENO) }

    /// A part of a line beside the answer.
    static func mark(_ text: String) { write(text, STDERR_FILENO) }

    private static func write(_ text: String, _ descriptor: CInt) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Nobody listens any more, and there is no other place to say so.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
