import Standards
import Testing

@testable import tributary

/// A ticket as `ticket show` prints it.
@Suite struct TicketSheetTests {
    private static let ticket: JSONValue = [
        "number": "YC-7K2M9QPA", "subject": "宽带频繁掉线", "type": "complaint", "state": "inProgress",
        "home": "nx-yinchuan", "owner": "nx-yinchuan", "onlyHere": true, "fields": ["customerGrade": "silver"],
        "timeline": [
            [
                "change": "a-1", "at": "2026-11-22T10:00:00+08:00", "actor": "王芳", "site": "nx-yinchuan",
                "state": "onlyHere", "corrected": true,
                "effects": [
                    ["kind": "assigned", "field": "customerGrade", "old": nil, "new": "silver"],
                    ["kind": "moved", "name": "accept", "from": "acknowledged", "to": "inProgress"],
                    ["kind": "dreamt", "of": "sheep"],
                ],
            ]
        ],
        "conflicts": [
            [
                "subject": "field", "field": "customerGrade", "rule": "laterWins", "settled": false,
                "losing": ["change": "h-9", "value": "gold", "actor": "周敏", "site": "nx-hub", "at": "t1"],
                "winning": ["change": "a-1", "value": "silver", "actor": "王芳", "site": "nx-yinchuan", "at": "t2"],
            ]
        ],
        "requests": [
            ["purpose": "refund", "charge": "C1", "amountFen": 3600, "outcome": "refused", "answerReason": "r"]
        ],
    ]

    @Test("it says old and new, who and where, both values of a conflict and the rule, and where the ticket is")
    func sheet() {
        let text = TicketSheet(Self.ticket, etag: "\"a-1\"").lines.joined(separator: "\n")
        for part in [
            "YC-7K2M9QPA  宽带频繁掉线", "only here so far", "\"a-1\"",
            "2026-11-22T10:00:00+08:00  王芳 at nx-yinchuan, only here so far, times corrected",
            "customerGrade: – → silver", "accept: acknowledged → inProgress", "dreamt of sheep",
            "of two concurrent edits the later won", "in force  silver  王芳 at nx-yinchuan",
            "lost      gold  周敏 at nx-hub, t1, change h-9", "refund of 3600 fen for charge C1, refused: r",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("a ticket that lacks everything is still shown")
    func empty() {
        #expect(TicketSheet(.null, etag: nil).lines.first == "–  –")
    }

    @Test("fields of times are shown as times of the province, and other numbers as they are")
    func times() {
        #expect(FieldText.value(1_795_337_620_974, of: "openedAt") == "2026-11-22T16:53:40+08:00")
        #expect(FieldText.value(1_795_337_620_974, of: "disputedFen") == "1795337620974")
        #expect(FieldText.value(7, of: "lookedAt") == "7")
        #expect(FieldText.value(nil, of: "openedAt") == "–")
    }
}
