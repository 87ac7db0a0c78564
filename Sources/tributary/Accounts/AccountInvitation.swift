import Standards

/// `tributary account invite`
enum AccountInvitation {
    @Sendable static func run(_ invocation: Invocation) throws -> ExitCode {
        if let name = invocation.word("NAME") {
            let client = try NodeOptions.client(invocation)
            let answer = try client.post(AccountCommands.path(name), ["reset": true]).json
            LinkAnswer.say(answer, at: client.address.url, for: name, invocation)
            return .done
        }
        if let client = try NodeOptions.clientIfRunning(invocation) {
            let answer = try client.post("/api/invitations").json
            LinkAnswer.say(answer, at: client.address.url, for: nil, invocation)
            return .done
        }
        let (path, url) = try NodeCommands.firstLink(data: try invocation.required("data"))
        if invocation.has("json") {
            JSONText.say(["link": ["path": .string(path), "url": url.map { .string($0 + path) } ?? .null]])
        } else {
            LinkLines.say(path, at: url, for: nil)
        }
        return .done
    }
}
