import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("The soak")
    struct SoakTests {
        @Test("a quarter of a minute of load with every kind of fault holds, prints its seed and keeps its samples")
        func short() throws {
            let scratch = try Scratch()
            let out = scratch.file("soak.json")
            let tool = try Tool(
                [
                    "soak", "--minutes", "0.25", "--seed", "5", "--topology",
                    ProjectFiles.path("Topology/ningxia.json"), "--json", out,
                ], seconds: 240)
            #expect(tool.code == 0, "\(tool.output)\n\(tool.errors)")
            #expect(tool.output.hasPrefix("seed 5: 6 sites, 15 s"))
            #expect(tool.output.hasSuffix("verdict: held\n"))
            let result = try JSONValue(parsing: Scratch.text(of: out), sizeLimit: Tool.outputBytesMax)
            #expect(result["verdict"] == "held")
            #expect(try result.number("acknowledged") > 0)
            let verdicts = try result.value("verdicts").arrayValue ?? []
            #expect(
                verdicts.compactMap { $0["name"]?.stringValue } == [
                    "processes", "writes", "agreement", "verify", "refunds", "answers", "faults", "memory",
                    "descriptors",
                    "threads", "wal", "disk", "logs",
                ])
            for kind in ["killHub", "killBranch", "cut", "loseReplies", "slow"] {
                #expect(try result.value("faults").number(kind) >= 1, "\(kind)")
            }
            let samples = try result.value("samples").value("nx-hub").arrayValue ?? []
            #expect(Set(samples.compactMap { $0["phase"]?.stringValue }) == ["idle", "load", "quiet"])
            #expect(Set(samples.compactMap { $0["pid"]?.intValue }).count >= 2, "the hub has had two lives")
        }

        @Test("a length that is none is wrong usage")
        func usage() throws {
            for minutes in ["0.1", "ten", "-1", "nan", "100000"] {
                let tool = try Tool(["soak", "--minutes", minutes])
                #expect(tool.code == 2, "\(minutes)")
                #expect(tool.errors.contains("--minutes"), "\(minutes)")
            }
        }
    }
}
