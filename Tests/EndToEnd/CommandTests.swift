import Foundation
import Standards
import Testing

@testable import tributary

extension RealProcesses {
    @Suite("The command line")
    struct CommandTests {
        @Test("every command and every group of commands explains itself and ends with 0")
        func help() throws {
            let paths = Self.paths(Tributary.command)
            #expect(paths.count > 15)
            for path in paths {
                let tool = try Tool(path + ["--help"])
                #expect(tool.code == 0, "\(path)")
                #expect(tool.output.contains((["tributary"] + path).joined(separator: " ")), "\(path)")
                #expect(tool.errors.isEmpty, "\(path): \(tool.errors)")
            }
            let version = try Tool(["--version"])
            #expect(version.code == 0)
            #expect(version.output.hasPrefix("tributary "))
        }

        @Test("swarms that keep in one folder have a file each for the run that is under way")
        func underWay() {
            let names = [(7, 0), (7, 20), (8, 0)].map { SwarmRunner.nameUnderWay($0.0, $0.1) }
            #expect(Set(names).count == 3, "\(names)")
        }

        @Test("wrong usage ends with 2 and says what to do")
        func usage() throws {
            let folder = try Scratch()
            for arguments in [
                ["statsu"], ["ticket"], ["ticket", "new", "--tpye", "complaint"], ["status"], ["hub", "run"],
                ["branch", "join", "--hub", "http://127.0.0.1:1"], ["topology", "check", folder.file("absent.json")],
                ["status", "--node", "127.0.0.1:7070", "--token", "t"],
                ["hub", "run", "--data", folder.file("absent")],
                ["import", folder.file("absent.csv"), "--map", folder.file("absent.json"), "--data", folder.path],
            ] {
                let tool = try Tool(arguments)
                #expect(tool.code == 2, "\(arguments): \(tool.code)")
                #expect(!tool.errors.isEmpty, "\(arguments)")
            }
            #expect(try Tool(["statsu"]).errors.contains("status"))
        }

        @Test("a node that cannot be reached gives 3")
        func unreachable() throws {
            let folder = try Scratch()
            let url = "http://127.0.0.1:\(try FreePort.next())"
            for arguments in [
                ["status", "--node", url, "--token", "t"], ["ticket", "list", "--node", url, "--token", "t"],
                ["branch", "join", "--hub", url, "--token", "t", "--data", folder.file("branch")],
            ] {
                #expect(try Tool(arguments).code == 3, "\(arguments)")
            }
        }

        @Test("what a node refuses gives 4 with its reason, what it answers gives 0, and a proxy in the way is ignored")
        func refused() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let data = ["--data", try province.branch("yinchuan").folder]
                for arguments in [
                    ["ticket", "show", "YC-00000000"] + data, ["ticket", "new", "--type", "complaint"] + data,
                    ["site", "token", "nx-nowhere", "--data", province.hub.folder],
                    ["status", "--node", province.hub.url, "--token", "wrong"],
                ] {
                    let tool = try Tool(arguments)
                    #expect(tool.code == 4, "\(arguments): \(tool.code)")
                    #expect(!tool.errors.isEmpty, "\(arguments)")
                }
                let proxies = ["http_proxy": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1"]
                let made = try Tool(
                    ["ticket", "new", "--type", "complaint", "--field", "subject=命令行受理", "--json"] + data,
                    environment: proxies)
                #expect(made.code == 0, "\(made.errors)")
                let number = try made.json.text("ticket", "number")
                let shown = try Tool(["ticket", "show", number] + data, environment: proxies)
                #expect(shown.code == 0)
                #expect(shown.output.contains("命令行受理"))
                for arguments in [["status"], ["ticket", "list"], ["conflicts"], ["verify"], ["doctor"]] {
                    #expect([0, 1].contains(try Tool(arguments + data).code), "\(arguments)")
                }
            }
        }

        @Test("verify, status and doctor work on a site whose node is stopped, and a branch is compared with its hub")
        func stopped() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                try node.open("停机核对")
                try province.waitUntilLevel()
                let compared = try Tool([
                    "verify", "--data", node.folder, "--hub", province.hub.url, "--hub-data", province.hub.folder,
                ])
                #expect(compared.code == 0, "\(compared.output)\(compared.errors)")
                try node.stop()
                let verified = try Tool.done(["verify", "--data", node.folder, "--json"]).json
                #expect(verified["clean"] == true)
                let status = try Tool.done(["status", "--data", node.folder, "--json"]).json
                #expect(status["running"] == false)
                #expect(try status.number("ownChanges") == 1)
                #expect(try status.number("backlog") == 0)
                #expect([0, 1].contains(try Tool(["doctor", "--data", node.folder]).code))
                #expect(try Tool(["ticket", "list", "--data", node.folder]).code == 3)
            }
        }

        private static func paths(_ command: Command, _ path: [String] = []) -> [[String]] {
            [path] + command.commands.flatMap { paths($0, path + [$0.name]) }
        }
    }
}
