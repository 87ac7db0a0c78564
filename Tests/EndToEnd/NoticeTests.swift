import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("Notices to customers")
    struct NoticeTests {
        private func lines(_ hub: TestNode) -> [JSONValue] {
            Scratch.text(of: hub.folder + "/notices.jsonl").split(separator: "\n")
                .compactMap { try? JSONValue(parsing: String($0), sizeLimit: 1 << 20) }
        }

        @Test("steps at a branch without its line leave one line each at the hub, though it is killed and restored")
        func once() throws {
            try TestProvince.withStandard { province in
                let yinchuan = try province.branch("yinchuan")
                let clerk = Counter("王芳", at: yinchuan)
                try province.cutOff("yinchuan")
                var expected: Set<String> = []
                for number in 0..<5 {
                    let ticket = try clerk.open(
                        "complaint", ["subject=投诉\(number)", "contactPhone=1390000000\(number)"])
                    try clerk.take("accept", ticket)
                    expected.insert("1390000000\(number) accept")
                }
                try province.heal("yinchuan")
                for _ in 0..<3 {
                    try province.hub.kill()
                    try province.hub.start()
                }
                let told = {
                    Set(lines(province.hub).map { "\($0["to"]?.stringValue ?? "") \($0["step"]?.stringValue ?? "")" })
                }
                try Moment.wait(for: "every customer to be told") { told() == expected }
                let backup = province.scratch.file("backup")
                try Tool.done(["backup", "--data", province.hub.folder, "--to", backup])
                try province.cut("yinchuan")
                try province.hub.kill()
                try Tool.done(["hub", "restore", "--data", province.hub.folder, "--from", backup])
                try province.hub.start()
                try province.heal("yinchuan")
                try province.waitUntilReigning()
                try province.waitUntilEqual()
                let late = try clerk.open("complaint", ["subject=新", "contactPhone=13999999999"])
                try clerk.take("accept", late)
                expected.insert("13999999999 accept")
                try Moment.wait(for: "the last customer to be told") { told() == expected }
                #expect(lines(province.hub).count == expected.count)
                #expect(lines(province.hub)[0]["template"] == "complaintAccepted")
                let texts = lines(province.hub).compactMap { $0["text"]?.stringValue }
                #expect(texts.allSatisfy { $0.contains("前答复您") && !$0.contains("{") && !$0.contains("[") }, "\(texts)")
                let listed = try Tool.done(["notices", "list", "--data", province.hub.folder, "--state", "sent"])
                #expect(listed.output.split(separator: "\n").count >= expected.count)
            }
        }
    }
}
