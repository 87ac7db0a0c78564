import Foundation
import Glibc
import Standards
import Testing

extension RealProcesses {
    @Suite("The demo, left running")
    struct DemoStayTests {
        private static let sign = "the province runs until Ctrl-C"

        /// A site as the demo prints it.
        private struct Place {
            let site: String
            let url: String
            var data = ""
            /// The path of its one-time link.
            var link = ""

            /// Everything that is printed after the story.
            static func all(in text: String) -> [Place] {
                var places: [Place] = []
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ").map(String.init)
                    guard let last = words.last else { continue }
                    if let path = last.range(of: "/welcome?key=") {
                        if !places.isEmpty { places[places.count - 1].link = String(last[path.lowerBound...]) }
                    } else if words.count == 2, last.hasPrefix("http://") {
                        places.append(Place(site: words[0], url: last))
                    } else if words.first == "token", !places.isEmpty {
                        places[places.count - 1].data = last
                    }
                }
                return places
            }

            var client: WebClient {
                get throws {
                    guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
                        throw Failure("\(site) has no address: \(url)")
                    }
                    return WebClient(port: port)
                }
            }
        }

        @Test("its printed links lead in at the hub and at a branch, where its tickets are, and Ctrl-C ends all of it")
        func enteredAndEnded() throws {
            let scratch = try Scratch()
            let (out, log) = (scratch.file("demo.out"), scratch.file("demo.log"))
            let demo = try Child(
                ["demo", "--stay", "--topology", ProjectFiles.path("Topology/ningxia.json")], output: out, log: log)
            do {
                try Moment.wait(for: "the demo to stay", seconds: 60) {
                    demo.ending() != nil || Scratch.text(of: out).contains(Self.sign)
                }
                let places = Place.all(in: Scratch.text(of: out))
                #expect(places.count == 6)
                #expect(places.allSatisfy { !$0.link.isEmpty && !$0.data.isEmpty })
                for site in ["nx-hub", "nx-yinchuan"] {
                    try enter(try #require(places.first { $0.site == site }, "\(site) is not printed"))
                }
                let data = try #require(places.first).data
                let folder = URL(fileURLWithPath: data).deletingLastPathComponent().path
                #expect(processes(of: folder).count == places.count)
                demo.send(SIGINT)
                #expect(try demo.wait("the demo after Ctrl-C") == Child.Ending(code: 0, signal: nil))
                try Moment.wait(for: "every site to have ended") { processes(of: folder).isEmpty }
                #expect(!FileManager.default.fileExists(atPath: folder))
                for place in places { #expect(throws: Failure.self) { try place.client.send("GET", "/healthz") } }
            } catch {
                Issue.record("\(error)\n\(Scratch.text(of: out))\n\(Scratch.text(of: log))")
                demo.send(SIGTERM)
                _ = try? demo.wait("the demo")
                throw error
            }
        }

        /// Follows a link as a person does, and sees tickets.
        private func enter(_ place: Place) throws {
            let client = try place.client
            let page = try client.send("GET", place.link)
            #expect(page.status == 200 && page.headers["content-type"]?.hasPrefix("text/html") == true)
            let key = place.link.components(separatedBy: "key=")[1].prefix { $0.isHexDigit }
            let body: JSONValue = [
                "key": .string(String(key)), "name": "王芳", "password": "雨天 带伞 上班",
            ]
            let answer = try client.send("POST", "/api/welcome", body: body.bytes())
            guard answer.status == 200, let set = answer.headers["set-cookie"] else {
                throw Failure("\(place.site): \(answer.status) \(answer.text)")
            }
            #expect(try answer.json.text("site") == place.site)
            let cookie = [("Cookie", String(set.prefix { $0 != ";" }))]
            let tickets = try client.send("GET", "/api/tickets?limit=5", headers: cookie)
            #expect(tickets.status == 200, "\(tickets.text)")
            #expect(try tickets.json.number("total") >= 5)
            #expect(try tickets.json.list("tickets").count == 5)
            #expect(try client.send("POST", "/api/welcome", body: body.bytes()).status != 200, "a link is good once")
        }

        /// Processes whose command names something in a folder.
        private func processes(of folder: String) -> [String] {
            let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return all.filter { number in
                number.allSatisfy(\.isNumber) && Scratch.text(of: "/proc/\(number)/cmdline").contains(folder)
            }
        }
    }
}
