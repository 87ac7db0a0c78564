import ServiceDesk
import Testing

@Suite("What a file says beside its map")
struct KeptColumnTests {
    private static let csv = "No,Title,Extra,,Extra,Secret,Gone\n1,Slow,\u{3000}x,\"a,\"\"b\"\"\",y,s,?\n"

    @Test("columns that the map does not name are kept under names of their own, nulls and ignored ones left out")
    func kept() throws {
        let map = try ImportMap.made(#""ignore": ["Secret"], "null": ["?"]"#)
        let run = try ImportRun(Self.csv, map)
        #expect(run.rows.first?.kept == #"{"Extra":"\#u{3000}x","Extra (2)":"y","column 4":"a,\"b\""}"#)
    }

    @Test("a map that drops the other columns keeps none")
    func dropped() throws {
        #expect(try ImportRun(Self.csv, try .made(#""others": "drop""#)).rows.first?.kept == nil)
    }

    @Test("cells beyond the limit reject the row, and one byte less does not")
    func limit() throws {
        let rest = DeskLimits.sourceColumnsBytes - #"{"Extra":""}"#.utf8.count
        for (length, isTaken) in [(rest, true), (rest + 1, false)] {
            let run = try ImportRun(
                "No,Title,Extra\n1,Slow,\(String(repeating: "x", count: length))\n", try .made())
            #expect(run.rows.count == (isTaken ? 1 : 0))
            #expect(run.rejections.isEmpty == isTaken)
        }
    }

    @Test("copies of a row have one digest whatever the order of columns and the line ends in cells")
    func content() throws {
        let first = try ImportRun("No,Title,X\n1,\"a\r\nb\",x\n", try .made()).rows
        let second = try ImportRun("X,No,Title\nx,1,\"a\nb\"\n", try .made()).rows
        let other = try ImportRun("X,No,Title\nx,1,\"a b\"\n", try .made()).rows
        #expect(first.first?.content.count == 8)
        #expect(first.first?.content == second.first?.content)
        #expect(first.first?.content != other.first?.content)
    }

    @Test("a column that the map ignores, or reads only in other states, does not make a row another one")
    func filledInLater() throws {
        let fields = """
            {"subject": {"column": "Title"}, "state": {"column": "S", "values": {"n": "acknowledged", "c": "closed"}},
             "resolution": {"column": "Code", "onlyIn": ["closed"]}}
            """
        let map = try ImportMap.made(fields: fields, #""ignore": ["Gone"]"#)
        let header = "No,Title,S,Code,Gone\n"
        let early = try ImportRun(header + "1,a,n,,\n2,a,c,x,\n", map).rows.map(\.content)
        let late = try ImportRun(header + "1,a,n,c9,y\n2,a,c,c9,y\n", map).rows.map(\.content)
        #expect(early[0] == late[0])
        #expect(early[1] != late[1])
    }

    @Test("made names never take the place of others")
    func distinctNames() throws {
        let run = try ImportRun("No,Title,a,a,a (2)\n1,t,one,two,three\n", try .made())
        #expect(run.rows.first?.kept?.contains("two") == true)
        #expect(run.rows.first?.kept?.contains("three") == true)
    }

    @Test("what a versioning system, a second copy and a spreadsheet leave behind is rejected line by line")
    func noRecords() throws {
        let run = try ImportRun(
            """
            No,Title
            1,a
            <<<<<<< HEAD
            2,b
            ||||||| base, of both
            =======
            >>>>>>> other, one, two
            \u{FEFF}No,Title

            ,\u{20}
            <<<<<<<<,x
            3,c

            """, try .made())
        #expect(run.rows.map(\.key) == ["1", "2", "<<<<<<<<", "3"])
        #expect(run.rejections.map(\.line) == [3, 5, 6, 7, 8, 9, 10])
        #expect(
            run.rejections.map(\.reason) == [
                "is a merge conflict's marker", "is a merge conflict's marker", "is a merge conflict's marker",
                "is a merge conflict's marker", "repeats the header", "is a blank line", "has only empty cells",
            ])
    }

    @Test(
        "a cell made harmless for a spreadsheet comes back as it was",
        arguments: ["=1+1", "'=1", "''@x", "-5", "+86", "\tx", "\rx", "＝1", "'", "", "plain", "'plain", "a=b"])
    func defused(cell: String) {
        let defused = DefusedCell.of(cell)
        #expect(DefusedCell.restored(defused).utf8.elementsEqual(cell.utf8))
        #expect(!["=", "+", "-", "@", "\t", "\r", "＝"].contains { defused.hasPrefix($0) })
    }
}
