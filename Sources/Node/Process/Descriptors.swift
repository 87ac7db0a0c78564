import Glibc
import HTTP

/// The descriptors that this process may have, and how many of them connections get: never all, since the database,
/// the side file and the calls to the hub need theirs.
enum Descriptors {
    /// As many as are asked of the system.
    static let wanted = 8_192
    /// Left to the node itself.
    static let reserved = 96

    /// Raises the soft limit as far as is wanted and the hard one allows.
    /// - Returns: the limit from now on.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return wanted }
        let aim = min(rlim_t(wanted), limit.rlim_max)
        if limit.rlim_cur < aim {
            var raised = limit
            raised.rlim_cur = aim
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        return Int(clamping: limit.rlim_cur)
    }

    /// Lets a server have no more connections than there are descriptors for.
    static func fit(_ configuration: inout Server.Configuration, to limit: Int) {
        let room = max(0, limit - reserved)
        configuration.connectionsMax = min(configuration.connectionsMax, max(16, room / 4 * 3))
        configuration.refusalsMax = min(configuration.refusalsMax, max(4, room / 16))
        configuration.leavingMax = min(configuration.leavingMax, max(4, room / 16))
    }
}
