import Testing

@Suite("Rules about how parts stand to each other")
struct StructureRuleTests {
    @Test(
        "an import that runs upward, or comes from outside, is found",
        arguments: [
            ("Replication", "ServiceDesk"), ("SQLite", "Replication"), ("HTTP", "ServiceDesk"), ("Node", "Simulator"),
            ("Replication", "Foundation"), ("Replication", "Dispatch"), ("Standards", "Glibc"),
            ("Replication", "CSQLite"), ("Replication", "CHashing"), ("Node", "CSQLite"),
            ("Hashing", "FoundationEssentials"), ("Node", "NIOCore"), ("Attic", "Hashing"),
        ])
    func wrongImports(target: String, module: String) {
        let path = "Sources/\(target)/Sample.swift"
        #expect(lines(ImportRule(), "// why\nimport \(module)\n", at: path) == [2])
        #expect(lines(ImportRule(), "\npublic import struct \(module).Name\n", at: path) == [2])
    }

    @Test(
        "an import that runs downward, or names what Swift brings, is let be",
        arguments: [
            ("Replication", "SQLite"), ("ServiceDesk", "Standards"), ("Node", "HTTP"), ("Simulator", "CSQLite"),
            ("tributary", "Simulator"), ("Console", "Hashing"), ("Replication", "FoundationEssentials"),
            ("Hashing", "CHashing"), ("tributary", "CSQLite"), ("SQLite", "Glibc"), ("Node", "FoundationNetworking"),
            ("HTTP", "Dispatch"),
        ])
    func rightImports(target: String, module: String) {
        #expect(lines(ImportRule(), "import \(module)\n", at: "Sources/\(target)/Sample.swift").isEmpty)
    }

    @Test("tests use our targets and Swift's own, nothing else")
    func testImports() {
        let text = "@testable import Replication\nimport Testing\nimport Foundation\nimport XCTest\n"
        #expect(lines(ImportRule(), text, at: "Tests/ReplicationTests/Sample.swift") == [4])
    }

    @Test("the allowed arrows name only targets that exist, and hold no circle")
    func arrows() {
        for (target, below) in Arrows.allowed {
            for other in below {
                #expect(Arrows.allowed[other]?.contains(target) == false, "\(target) and \(other)")
            }
        }
    }

    @Test("a package of others, an upward arrow and an unknown target are found in the manifest")
    func manifest() {
        let text = """
            let package = Package(
                name: "x",
                products: [.executable(name: "tributary", targets: ["tributary"])],
                dependencies: [.package(url: "https://example.org/x", from: "1.0.0")],
                targets: [
                    .target(name: "SQLite", dependencies: ["CSQLite", "Hashing"]),
                    .target(name: "Standards", dependencies: ["ServiceDesk"]),
                    .target(name: "Node", dependencies: [.product(name: "NIO", package: "x")]),
                    .target(name: "Attic"),
                    .testTarget(name: "NodeTests", dependencies: ["Node", "Simulator"]),
                ]
            )

            """
        let found = lines(PackageRule(), text, at: "Package.swift")
        #expect(Set(found) == [4, 7, 8, 9])
    }

    private let stamp = "public struct Stamp {\n    var log: ChangeLog?\n}\n"
    private let log = "public final class ChangeLog {\n    var last: Stamp?\n}\n"

    @Test("two folders of one target that name each other's types are found")
    func circle() {
        let tree = SourceTree([
            "Sources/Replication/Time/Stamp.swift": stamp, "Sources/Replication/Log/ChangeLog.swift": log,
        ])
        let findings = FolderCircleRule().findings(in: tree)
        #expect(findings.count == 1)
        #expect(findings.first?.remedy.contains("Stamp") == true)
        #expect(findings.first?.remedy.contains("ChangeLog") == true)
    }

    @Test("one direction, one folder, other targets and names with two homes make no circle")
    func noCircle() {
        let trees = [
            ["Sources/Replication/A/Stamp.swift": "struct Stamp {}\n", "Sources/Replication/B/Log.swift": log],
            ["Sources/Replication/A/Stamp.swift": stamp, "Sources/Replication/A/Log.swift": log],
            ["Sources/Replication/A/Stamp.swift": stamp, "Sources/Node/B/Log.swift": log],
            [
                "Sources/Replication/A/Stamp.swift": stamp, "Sources/Replication/B/Log.swift": log,
                "Sources/Node/C/Stamp.swift": "enum Stamp {}\n",
            ],
            ["Sources/Replication/A/Stamp.swift": "// ChangeLog\n" + stamp.replacing("ChangeLog", with: "Int")],
        ]
        for tree in trees {
            #expect(FolderCircleRule().findings(in: SourceTree(tree)).isEmpty)
        }
    }

    @Test("free functions count as names of their folder, methods do not")
    func freeFunctions() {
        let text = "public func fold() {}\nstruct A {\n    func mix() {}\n    actor Inner {}\n}\nf(actor: Actor)\n"
        #expect(FolderCircleRule.declaredNames(in: Lexer(text).tokens) == ["fold", "A", "Inner"])
    }
}
