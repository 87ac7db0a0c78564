import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("The console in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct InBrowserTests {
        @Test("what is taken elsewhere comes into the list by itself, and a ticket is taken with keys alone")
        func takenLiveAndByKeys() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the desk") { try browser.count("td.empty") == 1 }
                    _ = try browser.run("window.isSame = true")
                    // The first may still be found by the page's own loading; the second comes by the stream alone.
                    for subject in ["光猫指示灯异常", "机顶盒无信号"] {
                        try node.open(subject)
                        try Moment.wait(for: "\(subject) in the list") {
                            try browser.text("tbody .c-subject")?.contains(subject) == true
                        }
                    }
                    #expect(try browser.run("return window.isSame === true") == true)
                    try browser.press("n")
                    try Moment.wait(for: "the form") { try browser.count("[name=subject]") == 1 }
                    try browser.write("宽带频繁掉线", into: "[name=subject]")
                    try browser.press("\u{E009}\u{E007}")
                    let number = try browser.numberShown(subject: "宽带频繁掉线")
                    try browser.press("1")
                    try Moment.wait(for: "the next stage") { try browser.text(".line-of-stages .now b") == "处理中" }
                    let ticket = try node.ticket(number)
                    #expect(try ticket.text("state") == "inProgress")
                    #expect(try ticket.list("timeline").last?.text("actor") == "王芳")
                }
            }
        }

        @Test(
            "a note is written with the line cut and marked as only here; the conflict it leads to is settled in place")
        func worksOffline() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let id = try node.open("话费争议")
                try Moment.wait(for: "the hub to have it") { try province.hub.holds(id) }
                try province.cut("yinchuan")
                try Moment.wait(for: "the branch to notice") { try node.status().text("exchange", "phase") != "open" }
                try Browser.with(province, at: node, "/tickets/\(id)") { browser in
                    _ = try browser.numberShown(subject: "话费争议")
                    try Moment.wait(for: "the bar to say so") { try browser.text("#line")?.contains("离线") == true }
                    try browser.press("m")
                    try Moment.wait(for: "the form of a note") { try browser.count("dialog [name=text]") == 1 }
                    try browser.write("客户要求今日答复", into: "dialog [name=text]")
                    try browser.click("dialog button.first")
                    try Moment.wait(for: "the note") {
                        try browser.text(".timeline .note .text")?.contains("客户要求今日答复") == true
                    }
                    #expect(try browser.count(".timeline .note .here") == 1)
                    try province.hub.assign(id, ["customerGrade": "gold"], actor: "周敏")
                    try node.assign(id, ["customerGrade": "silver"])
                    try province.heal("yinchuan")
                    try Moment.wait(for: "the conflict to show by itself") { try browser.count(".conflict") == 1 }
                    let shown = try #require(try browser.text(".conflict"))
                    #expect(shown.contains("金") && shown.contains("银") && shown.contains("周敏"), "\(shown)")
                    try browser.click(".conflict .buttons button:not(.first)")
                    try Moment.wait(for: "the conflict to be settled") { try browser.count(".conflict") == 0 }
                    #expect(try node.ticket(id).number("openConflicts") == 0)
                    try Moment.wait(for: "nothing to be only here") { try browser.count(".timeline .here") == 0 }
                }
            }
        }

        @Test(
            "a number of the wall leads to the tickets that it counts, and what narrows the list goes by a click"
        )
        func wallDrills() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let wuzhong = try province.branch("wuzhong")
                let yesterday = InstantText.utc(Int64(Date().timeIntervalSince1970 * 1_000) - 86_400_000)
                try wuzhong.open("昨日的光缆中断", fields: ["openedAt": .string(yesterday)])
                for subject in ["光缆中断", "光缆被挖断"] { try wuzhong.open(subject) }
                try province.waitUntilEqual()
                try Browser.with(province, at: province.hub, "/") { browser in
                    let row = ".branches tbody tr:has(a[href='/?home=nx-wuzhong'])"
                    try Moment.wait(for: "the wall") { try browser.count(".branches tbody tr.fresh") == 2 }
                    try Moment.wait(for: "the figures") { try browser.text(row + " td.n") == "2" }
                    try browser.click(row + " td.n a")
                    try Moment.wait(for: "the list of today's") { try browser.count("tbody .c-number") == 2 }
                    let search = try browser.run("return location.search").stringValue ?? ""
                    #expect(search.hasPrefix("?home=nx-wuzhong&opened="), "\(search)")
                    try browser.click(".filters [data-filter=opened]")
                    try Moment.wait(for: "the list of all") { try browser.count("tbody .c-number") == 3 }
                    #expect(try browser.run("return location.search") == "?home=nx-wuzhong")
                    #expect(try browser.count(".filters .chip") == 0)
                }
            }
        }

        @Test(
            "whoever opens the one-time link chooses a password, is in, and comes in again by it; a wrong one is not"
        )
        func welcomed() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let said = try Tool.done(["account", "invite", "--data", node.folder]).output
                let link = try #require(
                    said.split(whereSeparator: \.isWhitespace).first { $0.contains("/welcome?key=") })
                let path = try #require(link.range(of: "/welcome")).lowerBound
                let browser = try Browser(scratch: province.scratch)
                defer { browser.close() }
                try browser.open(node.url + link[path...])
                try Moment.wait(for: "the welcome") { try browser.count("[name=again]") == 1 }
                try browser.write("王芳", into: "[name=name]")
                for field in ["password", "again"] { try browser.write("雨天 带伞 上班", into: "[name=\(field)]") }
                try browser.click("form button.first")
                try Moment.wait(for: "the desk") { try browser.count(".queues li") > 3 }
                #expect(try browser.text("details.menu summary") == "王芳")
                try browser.click("details.menu summary")
                try browser.click("details.menu button:last-child")
                try Moment.wait(for: "the way in") { try browser.count("[name=password]") == 1 }
                try browser.write("王芳", into: "[name=name]")
                try browser.write("晴天", into: "[name=password]")
                try browser.click("form button.first")
                try Moment.wait(for: "the refusal") { try browser.text("form .problem") == "姓名或密码不对。" }
                _ = try browser.run("document.querySelector('[name=password]').value = ''")
                try browser.write("雨天 带伞 上班", into: "[name=password]")
                try browser.click("form button.first")
                try Moment.wait(for: "the desk again") { try browser.count(".queues li") > 3 }
            }
        }
    }
}
