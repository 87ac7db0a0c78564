import Dispatch
import Foundation
import HTTP
import Standards
import Synchronization

/// A headless Chromium, driven by the W3C's WebDriver protocol through chromedriver.
///
/// Answers are read by our own parser: the driver keeps its connections open whatever it is told, so the end of a body
/// is where its length says.
final class Browser: Sendable {
    /// Nil where the machine has no browser: a test then says so, and is skipped.
    static let driver: String? = ["/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private static let answerBytesMax = 64 << 20
    /// The protocol's name for the member that holds an element.
    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    private let child: Child
    private let port: UInt16
    private let session: String

    /// Starts a driver and a browser of a window's size.
    init(scratch: Scratch, width: Int = 1_280, height: Int = 800) throws {
        guard let driver = Self.driver else { throw Failure("no chromedriver on this machine") }
        port = try FreePort.next()
        child = try Child(
            ["--port=\(port)"], program: driver, output: scratch.file("driver.out"), log: scratch.file("driver.log"))
        let port = port
        // A driver that is just starting may take a question and never answer it.
        try Moment.wait(for: "the driver to be ready") {
            try Self.ask(port, "GET", "/status", seconds: 1)["ready"] == true
        }
        let arguments: [JSONValue] = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-proxy-server", "--lang=zh-CN",
            .string("--window-size=\(width),\(height)"),
        ]
        let wanted: JSONValue = [
            "capabilities": ["alwaysMatch": ["goog:chromeOptions": ["args": .array(arguments)]]]
        ]
        session = try Self.ask(port, "POST", "/session", wanted).text("sessionId")
    }

    /// Ends the browser, then the driver.
    func close() {
        _ = try? ask("DELETE", "")
        // It has nothing to keep; asked to end, it does so only when the threads that we start it from take signals.
        child.send(SIGKILL)
        _ = try? child.wait("the driver")
    }

    // What a person does.

    func open(_ url: String) throws { try ask("POST", "/url", ["url": .string(url)]) }

    /// A page that is drawn anew between the finding and the click takes the element away unclicked: then the one in
    /// its place is clicked.
    func click(_ selector: String) throws {
        let end = Moment.now() + Moment.patienceSeconds
        while true {
            do {
                try ask("POST", "/element/\(element(selector))/click", [:])
                return
            } catch let failure as Failure
                where failure.description.contains("stale element reference") && Moment.now() < end
            {
                continue
            }
        }
    }

    func write(_ text: String, into selector: String) throws {
        try ask("POST", "/element/\(element(selector))/value", ["text": .string(text)])
    }

    /// Presses keys one by one, wherever the focus is.
    func press(_ keys: String) throws {
        let strokes = keys.flatMap { key -> [JSONValue] in
            ["keyDown", "keyUp"].map { ["type": .string($0), "value": .string(String(key))] }
        }
        try ask("POST", "/actions", ["actions": [["type": "key", "id": "keys", "actions": .array(strokes)]]])
    }

    // What a person sees.

    /// What is written in an element; nil while there is none.
    func text(_ selector: String) throws -> String? {
        try run("return document.querySelector(arguments[0])?.textContent ?? null", [.string(selector)]).stringValue
    }

    func count(_ selector: String) throws -> Int {
        try run("return document.querySelectorAll(arguments[0]).length", [.string(selector)]).intValue ?? 0
    }

    func run(_ script: String, _ arguments: [JSONValue] = []) throws -> JSONValue {
        try ask("POST", "/execute/sync", ["script": .string(script), "args": .array(arguments)])
    }

    /// Sends fields with each request, as a proxy that has let somebody in would.
    func send(_ headers: [String: JSONValue]) throws {
        try command("Network.enable", [:])
        try command("Network.setExtraHTTPHeaders", ["headers": .object(headers)])
    }

    func resize(width: Int64, height: Int64) throws {
        try command(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(width), "height": .integer(height), "deviceScaleFactor": 1,
                "mobile": .bool(width < 600),
            ])
    }

    /// A picture of the window, as PNG.
    func picture() throws -> Data {
        guard let data = Data(base64Encoded: try ask("GET", "/screenshot").stringValue ?? "") else {
            throw Failure("the driver's picture is no base64")
        }
        return data
    }

    /// A command of the browser's own protocol.
    func command(_ name: String, _ parameters: JSONValue) throws {
        try ask("POST", "/goog/cdp/execute", ["cmd": .string(name), "params": parameters])
    }

    private func element(_ selector: String) throws -> String {
        try ask("POST", "/element", ["using": "css selector", "value": .string(selector)]).text(Self.elementKey)
    }

    @discardableResult
    private func ask(_ method: HTTP.Method, _ path: String, _ body: JSONValue? = nil) throws -> JSONValue {
        try Self.ask(port, method, "/session/\(session)\(path)", body)
    }

    /// - Returns: the member `value` of the answer.
    private static func ask(
        _ port: UInt16, _ method: HTTP.Method, _ path: String, _ body: JSONValue? = nil,
        seconds: Double = Moment.patienceSeconds
    ) throws -> JSONValue {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<ClientResponse, HTTPError>?>(nil)
        let request = ClientRequest(
            method, path, headers: ["Content-Type": "application/json"], body: body?.bytes() ?? [])
        ClientCall.send(
            request, to: try SocketAddress(host: "127.0.0.1", port: port), host: "127.0.0.1:\(port)",
            bodyBytesMax: answerBytesMax, deadlineSeconds: seconds
        ) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let answer = try outcome.withLock({ $0 })?.get() else { throw Failure("no answer of the driver") }
        let json = try JSONValue(parsing: answer.body, sizeLimit: answerBytesMax)
        guard answer.head.status.code == 200 else {
            throw Failure("\(method) \(path): \(try json.value("value").text("message").prefix(300))")
        }
        return json["value"] ?? .null
    }
}
