import Foundation
import Standards
import Testing

@testable import tributary

/// How the demo tells, masks and counts.
@Suite struct StoryTests {
    @Test("numbers are masked, decimals with them, and nothing else")
    func mask() {
        #expect(Story.masked(" 3  200 tickets in 1.25 s; 12.") == " #  # tickets in # s; #.")
        #expect(Story.masked("pack 2026.1, kill (-9), v1.x 银川３") == "pack #, kill (-#), v#.x 银川３")
        #expect(Story.masked("") == "")
    }

    @Test("two tellings with other numbers look alike once masked")
    func alike() {
        #expect(Story.masked("after 0.9 s") == Story.masked("after 12.34 s"))
        #expect(Story.masked("after 0.9 s") != Story.masked("after 0.9 ms"))
    }

    @Test("a broken step says so, and nothing is told after it")
    func broken() {
        var said: [String] = []
        let story = Story { said.append($0) }
        story.tell { "one" }
        story.tell {
            try Story.check(1 == 2, "one is two"); return "two"
        }
        story.tell { "three" }
        #expect(!story.holds)
        #expect(said.count == 2)
        #expect(said[0] == " 1  one")
        #expect(said[1].hasPrefix(" 2  BROKEN: could not see that one is two"))
    }

    @Test("the same seed makes the same tickets, and no two subjects are alike")
    func tickets() {
        func subjects(_ seed: UInt64) -> [String] {
            var maker = TicketMaker(seed: seed, place: "银川")
            return (0..<200).compactMap { _ in maker.next()["fields"]?["subject"]?.stringValue }
        }
        #expect(subjects(7) == subjects(7))
        #expect(subjects(7) != subjects(8))
        #expect(Set(subjects(7)).count == 200)
    }

    @Test("tickets that are made name types, categories and options of the published pack")
    func ticketsFitThePack() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("Topology/standards/first.json").path
        let pack = try DocumentFile.read(
            path, "the standard pack", limit: StandardPack.sizeLimit, check: StandardPack.check)
        var maker = TicketMaker(seed: 1, place: "银川")
        for _ in 0..<200 {
            let ticket = maker.next()
            let type = try #require(pack.ticketType(ticket["type"]?.stringValue ?? ""))
            let categories = pack.categories(for: type.id).map(\.id)
            #expect(categories.contains(ticket["category"]?.stringValue ?? ""))
            for (name, value) in ticket["fields"]?.objectValue ?? [:] {
                let field = try #require(type.field(name), "\(name)")
                if field.kind == .choice {
                    #expect(field.options.map(\.id).contains(value.stringValue ?? ""), "\(name)")
                }
            }
        }
    }

    @Test("durations are told with one decimal, rounded")
    func seconds() {
        #expect(Seconds.text(0.04) == "0.0")
        #expect(Seconds.text(0.96) == "1.0")
        #expect(Seconds.text(12.34) == "12.3")
    }
}
