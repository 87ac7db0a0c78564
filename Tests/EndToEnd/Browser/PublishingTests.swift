import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("A new standard, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct PublishingTests {
        private static let card = "section.card:has(#pack-file)"
        private static let said = card + " div[role=alert]"
        /// The button, once it may be pressed.
        private static let publish = card + " p.buttons button:not([disabled])"

        /// The standard in force under another version, with complaints to be settled within some hours.
        private func next(_ version: String, hours: Int64, of hub: TestNode) throws -> JSONValue {
            let document = try hub.get("/api/standards/2027.1").value("standard", "document")
            guard case .object(var members) = document else { throw Failure("the standard is \(document.kindName)") }
            members["version"] = .string(version)
            members["limits"] = .array(
                try document.list("limits").map { rule in
                    guard rule["id"] == "complaintSolution", case .object(var rule) = rule else { return rule }
                    rule["limit"] = ["unit": "naturalHours", "value": .integer(hours)]
                    return .object(rule)
                })
            return .object(members)
        }

        private func isHere(_ version: String, at node: TestNode) throws -> Bool {
            try node.get("/api/standards").list("standards").contains {
                $0["version"] == .string(version) && $0["current"] == true
            }
        }

        @Test("a file with faults is refused with them; a right one shows what and whom it changes before it goes out")
        func published() throws {
            let standard = ProjectFiles.path("Topology/standards/province")
            try TestProvince.with(["yinchuan"], standard: standard) { province in
                let (hub, branch) = (province.hub, try province.branch("yinchuan"))
                let time: JSONValue = ["unit": "naturalHours", "value": 6]
                try branch.post(
                    "/api/overlay", ["format": 1, "limits": [["limit": "complaintSolution", "time": time]]])
                try Moment.wait(for: "the branch's own limit at the hub") {
                    try hub.get("/api/overlay?site=nx-yinchuan")["overlay"]?.isNull == false
                }
                let (broken, right) = (province.scratch.file("broken.json"), province.scratch.file("right.json"))
                let faulty: JSONValue = ["format": 2, "version": "2028.1"]
                try Data(faulty.bytes()).write(to: URL(fileURLWithPath: broken))
                try Data(try next("2028.1", hours: 6, of: hub).bytes()).write(to: URL(fileURLWithPath: right))
                try Browser.with(province, at: hub, "/standards") { browser in
                    try Moment.wait(for: "the page") { try browser.count("#pack-file") == 1 }
                    try browser.write(broken, into: "#pack-file")
                    try Moment.wait(for: "its faults") { try browser.count(Self.said + " li code") > 0 }
                    #expect(try browser.count(Self.publish) == 0)

                    try browser.write(right, into: "#pack-file")
                    try Moment.wait(for: "the preview") { try browser.count(Self.publish) == 1 }
                    #expect(try browser.texts("section.card h2").contains("2027.1 → 2028.1"))
                    #expect(try browser.count(".differences li") >= 2)
                    #expect(try browser.text(Self.said + " .concerns")?.contains("投诉") == true)
                    #expect(try browser.text(Self.said + " summary")?.contains("银川") == true)
                    #expect(try browser.text(Self.said + " details li")?.contains("complaintSolution") == true)
                    #expect(try !isHere("2028.1", at: hub), "a preview publishes nothing")

                    try browser.click(Self.publish)
                    try Moment.wait(for: "the word of it") { try browser.text(".toast") == "2028.1 已发布" }
                }
                try Moment.wait(for: "the standard at the branch") { try isHere("2028.1", at: branch) }
            }
        }
    }
}
