/// Starts a command that trusts one certificate authority of a test instead of the machine's. libcurl has the file's
/// name built in, so the command gets its own view of the file system, in which the authority lies there.
enum PrivateTrust {
    private static let bundle = "/etc/ssl/certs/ca-certificates.crt"
    private static let unshare = "/usr/bin/unshare"
    private static let mount = ["/bin/sh", "-c", "mount --bind \"$0\" \(bundle) && exec \"$@\""]

    static var isAllowed: Bool { flags != nil }

    /// As root, or as who becomes it in a view of their own; nil where neither may mount.
    private static let flags: [String]? = [["--mount"], ["--map-root-user", "--mount"]].first { flags in
        (try? Tool(flags + mount + [bundle, "/bin/true"], program: unshare))?.code == 0
    }

    /// - Parameter command: a program and its arguments.
    /// - Returns: the same, for a start with that trust. The process stays one and the same.
    static func words(_ authority: String, _ command: [String]) throws -> [String] {
        guard let flags else { throw Failure("nobody may mount over \(bundle) here") }
        return [unshare] + flags + mount + [authority] + command
    }
}
