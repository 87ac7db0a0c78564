import HTTP
import Standards
import Synchronization
import Testing

extension RealProcesses {
    @Suite("Subscribers")
    struct SubscriberTests {
        private final class Heard: Sendable {
            let identifiers = Mutex<[String: String]>([:])
            let refusals = Mutex<Int>(0)
        }

        private let base = "/tmf-api/troubleTicket/v5"

        @Test(
            "a subscriber hears of every ticket, each event under one identifier, though the node is killed meanwhile")
        func killed() throws {
            let heard = Heard()
            let server = Server(
                handler: SingleHandler { request, responder in
                    // Every third is refused once, so that the kill meets events that wait.
                    let count = heard.refusals.withLock { count in
                        count += 1
                        return count
                    }
                    let json = (try? JSONValue(parsing: request.body, sizeLimit: 1 << 20)) ?? .null
                    let ticket = json["event"]?["troubleTicket"]?["name"]?.stringValue ?? ""
                    let told = "\(ticket) \(json["eventType"]?.stringValue ?? "")"
                    let isTaken = !count.isMultiple(of: 3)
                    let identifier = json["eventId"]?.stringValue ?? "none"
                    if isTaken { heard.identifiers.withLock { $0[identifier] = told } }
                    responder.send(Response(status: isTaken ? 204 : 503))
                })
            let port = try server.start()
            defer { server.shutdown(deadlineSeconds: 0) { _ in } }
            try TestProvince.with([]) { province in
                let hub = province.hub
                try hub.post(base + "/hub", ["@type": "Hub", "callback": .string("http://127.0.0.1:\(port)/")])
                for round in 0..<3 {
                    for number in 0..<5 { try open(hub, "\(round)-\(number)") }
                    try hub.kill()
                    try hub.start()
                }
                let expected = Set(
                    (0..<15).map { "\($0 / 5)-\($0 % 5) TroubleTicketCreateEvent" })
                try Moment.wait(for: "every event to be heard") {
                    Set(heard.identifiers.withLock { $0.values.map(\.self) }) == expected
                }
                // One identifier an event, however often it was told.
                #expect(heard.identifiers.withLock { $0.count } == 15)
            }
        }

        private func open(_ hub: TestNode, _ name: String) throws {
            try hub.post(
                base + "/troubleTicket",
                [
                    "@type": "TroubleTicket", "name": .string(name), "description": "d", "severity": "s",
                    "ticketType": "complaint",
                    "troubleTicketCharacteristic": [["name": "home", "value": "nx-yinchuan"]],
                ])
        }
    }
}
