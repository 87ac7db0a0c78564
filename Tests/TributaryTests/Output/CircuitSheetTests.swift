import Standards
import Testing

@testable import tributary

/// A circuit as `circuit show` prints it, and as a ticket's sheet names it.
@Suite struct CircuitSheetTests {
    @Test("it says where a circuit runs, who maintains it, whom it concerns, and who changed it why")
    func sheet() {
        let circuit: JSONValue = [
            "number": "YC-1", "retired": true, "endA": "银川", "endZ": "固原", "team": "三班", "grade": nil,
            "sites": ["nx-yinchuan", "nx-guyuan"], "onlyHere": true,
            "history": [["at": "t1", "actor": "王芳", "site": "nx-yinchuan", "reason": "换班"]],
        ]
        let lines = CircuitSheet(circuit).lines
        #expect(lines.first == "YC-1, out of service")
        let text = lines.joined(separator: "\n")
        for part in ["银川", "固原", "三班", "nx-yinchuan, nx-guyuan", "only here so far", "t1  王芳 at nx-yinchuan: 换班"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains("grade"))
    }

    @Test("A11: a ticket's sheet says that its circuit is not known here")
    func ticket() {
        func head(_ circuit: JSONValue) -> String {
            TicketSheet(["number": "YC-7", "circuit": circuit], etag: nil).lines.joined(separator: "\n")
        }
        #expect(head(["number": "C-404", "known": false]).contains("C-404, not known here"))
        let known: JSONValue = [
            "number": "C-1", "known": true, "retired": false, "endA": "银川", "endZ": "固原", "team": "三班",
        ]
        #expect(head(known).contains("C-1, 银川 – 固原, 三班"))
    }

    @Test("the commands ask for what they need")
    func usage() {
        #expect(Tributary.run(["circuit", "show"]) == .usage)
        #expect(Tributary.run(["circuit", "retire", "C-1"]) == .usage)
        #expect(Tributary.run(["circuit", "set", "--help"]) == .done)
    }
}
