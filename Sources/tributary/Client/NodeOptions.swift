/// The options by which a command is told which node it speaks with, and as whom.
enum NodeOptions {
    static let node = OptionRule("node", "URL", "the node's address, such as http://127.0.0.1:7071")
    static let token = OptionRule("token", "T", "the API's bearer token, with --node; else TRIBUTARY_TOKEN holds it")
    static let data = OptionRule("data", "DIR", "the site's data folder, which knows the address and the token")
    static let actor = OptionRule("as", "NAME", "who acts, as the timeline will show it; else your user name")
    static let json = OptionRule("json", nil, "answers in JSON, for programs")

    /// For commands that only read.
    static let reading = [node, token, data, json]
    /// For commands that write.
    static let writing = [node, token, data, actor, json]

    /// How a command that speaks with a node may end.
    static let exits: [ExitCode] = [.done, .usage, .unreachable, .refused]

    /// The node that the options name.
    static func client(_ invocation: Invocation) throws -> NodeClient {
        client(invocation, at: try address(invocation))
    }

    static func client(_ invocation: Invocation, at address: NodeAddress) -> NodeClient {
        NodeClient(address, actor: actor(invocation))
    }

    /// The node that the options name, or nil when they name the folder of a site whose node is stopped.
    static func clientIfRunning(_ invocation: Invocation) throws -> NodeClient? {
        if invocation.has("node") { return try client(invocation) }
        guard let path = invocation.text("data") else { throw missing(invocation) }
        return DataFolder(path: path).running() == nil ? nil : try client(invocation)
    }

    /// - Parameter prefix: of the options' names: `hub-` for a second node.
    static func address(_ invocation: Invocation, node: String = "node", prefix: String = "") throws -> NodeAddress {
        let folder = invocation.text(prefix + "data").map(DataFolder.init(path:))
        if let url = invocation.text(node) {
            let token = try invocation.text(prefix + "token") ?? folder?.token() ?? Environment.value("TRIBUTARY_TOKEN")
            guard let token else {
                throw invocation.refusal("--\(node) needs a token", "give --\(prefix)token or --\(prefix)data")
            }
            return try NodeAddress(url, token: token)
        }
        guard let folder else { throw missing(invocation) }
        guard let running = folder.running() else {
            throw CommandError(
                .unreachable, "reach the node of \(folder.path)", reason: "none is running there",
                remedy: "start it with `tributary hub run` or `tributary branch run`")
        }
        return try NodeAddress(running.url, token: try invocation.text(prefix + "token") ?? folder.token())
    }

    private static func missing(_ invocation: Invocation) -> CommandError {
        invocation.refusal("it is not said which node is meant", "give --data DIR, or --node URL and --token T")
    }

    /// Who acts.
    static func actor(_ invocation: Invocation) -> String {
        invocation.text("as") ?? Environment.value("USER") ?? "operator"
    }
}
