import Foundation
import Standards
import Testing

extension RealProcesses {
    @Suite("The demo")
    struct DemoTests {
        @Test("the demo holds, counts nothing lost and nothing twice, and tells the story that the README prints")
        func story() throws {
            let scratch = try Scratch()
            let out = scratch.file("demo.json")
            let tool = try Tool(
                ["demo", "--topology", ProjectFiles.path("Topology/ningxia.json"), "--json", out], seconds: 60)
            #expect(tool.code == 0, "\(tool.output)\n\(tool.errors)")
            let result = try JSONValue(parsing: Scratch.text(of: out), sizeLimit: Tool.outputBytesMax)
            #expect(result["verdict"] == "held")
            #expect(result["converged"] == true)
            #expect(try result.number("sites") == 6)
            #expect(try result.number("lost") == 0)
            #expect(try result.number("duplicated") == 0)
            #expect(try result.number("refundsRequested") >= 2)
            #expect(try result.number("refundsPaid") == 1)
            #expect(try result.number("conflictsListed") >= 1)
            #expect(try result.number("changesAcknowledged") >= result.number("tickets"))
            #expect(try result.value("secondsToConverge").numberValue ?? -1 >= 0)
            let told = masked(tool.output)
            let printed = masked(try readmeBlock())
            #expect(told.count <= 20)
            for (line, (here, there)) in zip(told, printed).enumerated() {
                #expect(here == there, "line \(line + 1) of the README's story differs from what the demo tells")
            }
            #expect(told.count == printed.count)
        }

        /// The fenced block that follows the line with the demo's command.
        private func readmeBlock() throws -> String {
            let path = ProjectFiles.path("README.md")
            guard FileManager.default.fileExists(atPath: path) else {
                throw Failure("README.md is not there: it must show the demo's story after a line with ./ops/demo")
            }
            let lines = Scratch.text(of: path).components(separatedBy: "\n")
            guard let command = lines.firstIndex(where: { $0.contains("./ops/demo") }) else {
                throw Failure("README.md has no line with ./ops/demo before the story")
            }
            // The command may stand in a block of its own: the story's block is the first that opens after it.
            var fences = lines.indices.filter { $0 > command && lines[$0].hasPrefix("```") }
            let isInside = lines[..<command].filter { $0.hasPrefix("```") }.count % 2 == 1
            if isInside, !fences.isEmpty { fences.removeFirst() }
            guard fences.count >= 2 else {
                throw Failure("README.md has no fenced block with the demo's story after ./ops/demo")
            }
            return lines[(fences[0] + 1)..<fences[1]].joined(separator: "\n")
        }

        /// Digits, which differ from run to run, become one `#`, and runs of blanks one blank.
        private func masked(_ text: String) -> [String] {
            text.split(separator: "\n").map { line in
                line.replacing(/[0-9]+([.,][0-9]+)*/, with: "#").replacing(/\s+/, with: " ")
                    .trimmingCharacters(in: .whitespaces)
            }.filter { !$0.isEmpty }
        }
    }
}
