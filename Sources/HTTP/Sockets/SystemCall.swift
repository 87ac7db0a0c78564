import Glibc

/// System calls as used here: EINTR is repeated, "would block" is a value, a programmer's error traps, the rest is
/// thrown with the call's name.
enum SystemCall {
    enum Outcome: Equatable {
        case done(Int)
        case wouldBlock
    }

    /// Calls until it is not interrupted.
    static func attempt(_ name: String, _ call: () -> Int) throws(HTTPError) -> Outcome {
        while true {
            let result = call()
            if result >= 0 { return .done(result) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            case EBADF, EFAULT, ENOTSOCK: preconditionFailure("\(name) was called on what is no socket")
            default: throw error(name, errno)
            }
        }
    }

    /// For calls that cannot block.
    @discardableResult
    static func require(_ name: String, _ call: () -> CInt) throws(HTTPError) -> CInt {
        guard case .done(let result) = try attempt(name, { Int(call()) }) else { throw error(name, EAGAIN) }
        return CInt(result)
    }

    static func error(_ name: String, _ code: CInt) -> HTTPError {
        let isLoss = [ECONNRESET, EPIPE, ETIMEDOUT, ENOTCONN, ECONNABORTED, EHOSTUNREACH, ENETUNREACH].contains(code)
        let text = String(cString: strerror(code))
        return HTTPError(
            isLoss ? .disconnected : .system, status: isLoss ? .badGateway : .internalServerError, subject: name,
            reason: "\(text).", advice: advice(code), isRecoverable: isLoss || code == ECONNREFUSED || isShortage(code),
            systemCode: code)
    }

    /// Out of descriptors or memory: passes when something is closed.
    static func isShortage(_ code: CInt) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    static func setOption(
        _ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt
    ) throws(HTTPError) {
        var value = value
        try require("setsockopt") {
            setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
        }
    }

    private static func advice(_ code: CInt) -> String {
        switch code {
        case EADDRINUSE: "Choose another port, or stop the program that listens there."
        case EADDRNOTAVAIL: "Choose an address of this machine."
        case EACCES: "Choose a port above 1023, or grant the right to bind below."
        case ECONNREFUSED: "Check that the other side is running, then try again."
        case _ where isShortage(code): "Raise the descriptor or memory limit, or accept fewer connections."
        default: "Connect again."
        }
    }
}
