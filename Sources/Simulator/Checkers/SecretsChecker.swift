import SQLite

/// 18: nothing that a customer gave is in a log line, an error or a refusal.
final class SecretsChecker: Checker {
    let number = 18
    let name = "customers are in no log"
    let tally = Tally()

    func logged(_ line: String, at site: SimulatedSite, in world: World) {
        tally.expect(!Self.isTelling(line), world, [site], "a line of the log of \(site.id) names a customer")
    }

    func ended(_ world: World) {
        for site in world.sites where !world.faults.damaged.contains(site.number) {
            _ = world.look(at: site) { database in
                try database.forEach("SELECT reason FROM verdict UNION ALL SELECT needs FROM waiting") { row in
                    self.tally.expect(
                        !Self.isTelling(row.text(0)), world, [site], "a refusal at \(site.id) names a customer")
                    return true
                }
            }
        }
    }

    /// Whether a text has the mark of a personal value in it, or a number as the people's telephones have.
    static func isTelling(_ text: String) -> Bool {
        var digits: [UInt8] = []
        var isNumber = true
        for byte in Array(text.utf8) + [UInt8(ascii: " ")] {
            let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            let isLetter = byte >= 0x80 || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
            if isDigit {
                digits.append(byte)
            } else if isLetter {
                isNumber = false
            } else {
                if isNumber, digits.count == 11, digits.starts(with: "139".utf8) { return true }
                digits = []
                isNumber = true
            }
        }
        return contains(Array(FormFiller.canary.utf8), in: Array(text.utf8))
    }

    private static func contains(_ part: [UInt8], in whole: [UInt8]) -> Bool {
        guard whole.count >= part.count else { return false }
        return (0...(whole.count - part.count)).contains { start in
            whole[start] == part[0] && whole[start..<start + part.count].elementsEqual(part)
        }
    }
}
