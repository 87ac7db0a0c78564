import Foundation
import Standards
import Testing

/// A small province and a small standard for it.
enum TestDocuments {
    static let hub = "nx-hub"
    static let branches = ["nx-yinchuan", "nx-wuzhong"]

    /// A file or folder of the project.
    static func project(_ path: String) -> String {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
            precondition(folder.path != "/", "the tests are not inside the package")
            folder.deleteLastPathComponent()
        }
        return folder.appendingPathComponent(path).path
    }

    static func topology() throws -> Topology {
        let zone = try #require(ZoneOffset(minutes: 480))
        let line = LinkProfile(latencyMilliseconds: 3, kilobitsPerSecond: 100_000, lossPerMille: 0)
        func site(_ id: String, _ role: SiteRole, _ code: String, _ zh: String, _ letters: String) -> TopologySite {
            TopologySite(
                id: id, role: role, divisionCode: code, name: LocalText(zh: zh, en: id), longitude: 106.2,
                latitude: 38.4, staff: Staffing(clerks: 2, technicians: 2), link: line, ticketLetters: letters)
        }
        return Topology(
            province: Province(
                id: "nx", name: LocalText(zh: "宁夏", en: "Ningxia"),
                timeZone: zone),
            sites: [
                site(hub, .hub, "640000", "宁夏区中心", "NX"),
                site(branches[0], .branch, "640100", "银川", "YC"),
                site(branches[1], .branch, "640300", "吴忠", "WZ"),
            ])
    }

    static func pack(version: String = "2026.1") -> [UInt8] {
        Array(
            """
            {"format": 1, "name": {"zh": "标准", "en": "Standard"}, "version": "\(version)",
             "ticketTypes": [{"id": "complaint", "name": {"zh": "投诉", "en": "Complaint"},
               "fields": [
                 {"id": "subject", "name": {"zh": "主题", "en": "Subject"}, "kind": "text", "required": true},
                 {"id": "description", "name": {"zh": "内容", "en": "Text"}, "kind": "text", "maxLength": 4000},
                 {"id": "channel", "name": {"zh": "渠道", "en": "Channel"}, "kind": "choice",
                  "options": [{"id": "phone", "name": {"zh": "电话", "en": "Telephone"}},
                              {"id": "counter", "name": {"zh": "营业厅", "en": "Counter"}}]},
                 {"id": "amount", "name": {"zh": "金额", "en": "Amount"}, "kind": "integer"},
                 {"id": "onBehalf", "name": {"zh": "代办", "en": "On behalf"}, "kind": "boolean"},
                 {"id": "resolution", "name": {"zh": "结果", "en": "Resolution"}, "kind": "text"}],
               "initial": "acknowledged",
               "states": [
                 {"id": "acknowledged", "name": {"zh": "已受理", "en": "Acknowledged"}, "status": "acknowledged"},
                 {"id": "inProgress", "name": {"zh": "处理中", "en": "In progress"}, "status": "inProgress"},
                 {"id": "resolved", "name": {"zh": "已解决", "en": "Resolved"}, "status": "resolved"},
                 {"id": "closed", "name": {"zh": "已关闭", "en": "Closed"}, "status": "closed", "final": true}],
               "transitions": [
                 {"name": "accept", "label": {"zh": "受理", "en": "Accept"}, "from": ["acknowledged"],
                  "to": "inProgress"},
                 {"name": "resolve", "label": {"zh": "解决", "en": "Resolve"}, "from": ["inProgress"],
                  "to": "resolved", "requires": ["resolution"]},
                 {"name": "close", "label": {"zh": "关闭", "en": "Close"}, "from": ["resolved"], "to": "closed"}]}],
             "categories": [{"id": "billing", "name": {"zh": "计费", "en": "Billing"}, "types": ["complaint"]}],
             "refund": {"limitFen": 50000, "currency": "CNY"}}
            """.utf8)
    }
}
