import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite(
        "Pages that keep up with the province",
        .enabled(if: Browser.driver != nil, "there is no chromedriver on this machine"))
    struct LivePageTests {
        private static let silence = """
            const real = window.fetch;
            window.fetch = async (path, ...rest) => {
              const response = await real(path, ...rest);
              if (path !== '/api/status') return response;
              const status = await response.json();
              for (const peer of status.peers ?? []) peer.lastHeard = '2026-01-01T00:00:00.000+08:00';
              return new Response(JSON.stringify(status));
            };
            """

        private func openedToday(_ browser: Browser) throws -> Int {
            Int(try browser.text(".figures li:first-child b") ?? "") ?? 0
        }

        @Test("the wall changes while tickets come so fast that it is never quiet")
        func wallUnderLoad() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try node.open("宽带掉线")
                try Browser.with(province, at: province.hub, "/") { browser in
                    try Moment.wait(for: "the wall to count the first") { try openedToday(browser) == 1 }
                    var next = Moment.now()
                    try Moment.wait(for: "the wall to count more while they come") {
                        if Moment.now() >= next {
                            try node.open("宽带又掉线")
                            next += 0.5
                        }
                        return try openedToday(browser) > 1
                    }
                }
            }
        }

        @Test("a page that found no place for its stream of events follows once another gives its place up")
        func refusedStream() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try node.stop()
                var members = try node.configuration().objectValue ?? [:]
                members["eventStreams"] = 1
                let text = Data(JSONValue.object(members).bytes())
                try text.write(to: URL(fileURLWithPath: node.folder + "/node.json"))
                try node.start()
                let holder = try #require(RawConnection(port: node.client.port, from: 2))
                holder.send("GET /api/events HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer \(node.token)\r\n\r\n")
                var said: [UInt8] = []
                try Moment.wait(for: "the only place to be taken") {
                    said += holder.receiveNow() ?? []
                    return String(decoding: said, as: UTF8.self).hasPrefix("HTTP/1.1 200")
                }
                #expect(try node.call("GET", "/api/events").status == 503)
                try Browser.with(province, at: node, "/?view=all") { browser in
                    try Moment.wait(for: "the desk") { try browser.count("td.empty") == 1 }
                    holder.end()
                    // The first may be found as the page asks again by itself; the second comes before it would.
                    for (subject, seconds) in [("光猫指示灯异常", 30.0), ("机顶盒无信号", 15.0)] {
                        try node.open(subject)
                        try Moment.wait(for: "\(subject) in the list", seconds: seconds) {
                            try browser.text("tbody .c-subject")?.contains(subject) == true
                        }
                    }
                }
            }
        }

        @Test("a branch that is heard and has nothing shows zeros; one that is not heard is grey, and its day unknown")
        func silentBranch() throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let wuzhong = try province.branch("wuzhong")
                let yesterday = InstantText.utc(Int64(Date().timeIntervalSince1970 * 1_000) - 86_400_000)
                try wuzhong.open("昨日的光缆中断", fields: ["openedAt": .string(yesterday)])
                func row(_ city: String) -> String {
                    ".branches tbody tr:has(a[href='/?home=\(TestProvince.site(city))'])"
                }
                try Browser.with(province, at: province.hub, "/") { browser in
                    try Moment.wait(for: "the wall with yesterday's") {
                        try Array(browser.texts(row("wuzhong") + ".fresh td.n").prefix(3)) == ["0", "0", "1"]
                    }
                    let zeros = try browser.texts(row("yinchuan") + ".fresh td.n")
                    #expect(Array(zeros.prefix(6)) == Array(repeating: "0", count: 6), "\(zeros)")
                    _ = try browser.run(Self.silence)
                    try wuzhong.open("光缆中断")
                    try Moment.wait(for: "both to be silent, with what is known of today") {
                        try Array(browser.texts(row("wuzhong") + ".silent td.n").prefix(3)) == ["1", "–", "2"]
                    }
                    let unknown = try browser.texts(row("yinchuan") + ".silent td.n")
                    #expect(Array(unknown.prefix(3)) == ["–", "–", "–"], "\(unknown)")
                    #expect(try browser.count(".wall-head b[data-tone=late]") == 1)
                }
            }
        }
    }
}
