@testable import Replication

/// Every kind of edit, in its plainest and in its most awkward forms.
enum EditSamples {
    static let texts = ["", "a", "宁夏·银川", "caf\u{E9}", "cafe\u{301}", "\u{0}\u{1F469}\u{200D}\u{1F527}", "'; DROP"]

    static let values: [Value] =
        [.null, .bool(false), .bool(true), .integer(0), .integer(-1), .integer(.max), .integer(.min)]
        + texts.map { .text($0) } + [.bytes([]), .bytes([0, 255, 128])]

    static let all: [Edit] =
        [
            .create(Creation(rules: 1, state: "new", label: "YC-0000000A")),
            .create(Creation(rules: 255, state: "", label: "")),
            .count(Field(rawValue: .max), .min), .count(Field(rawValue: 0), .max),
            .transition(Transition(name: "close", from: [], to: "closed")),
            .transition(Transition(name: "派单", from: ["new", "", "受理"], to: "sent")),
            .vote(Vote(round: .max, department: "finance", choice: .veto, reason: "费用")),
            .grant(Grant(person: "wang", role: "clerk")), .revoke(Grant(person: "", role: "")),
            .note(Note(text: "客户来电", visibility: .public)), .note(Note(text: "", visibility: .internal)),
            .attach(Attachment(hash: Array(repeating: 9, count: 32), name: "报告.pdf", size: .max, mediaType: "x/y")),
            .request(OnceRequest(purpose: "refund", key: "charge-1", amount: .min, reason: "double")),
            .answer(
                Answer(request: Changes.reference(1, ReplicationLimits.sequenceMax), outcome: .granted, reason: "ok")),
            .answer(
                Answer(
                    request: Changes.reference(1, 1), outcome: .refused,
                    counted: [Changes.reference(2, 3), Changes.reference(0, 1)])),
            .settle(Settlement(losing: Changes.reference(7, 77))),
            .unknown(tag: 0, body: []), .unknown(tag: 99, body: [1, 2, 3]), .unknown(tag: 255, body: [255]),
            // Tags that this version knows, with a form that it does not.
            .unknown(tag: 1, body: [1]), .unknown(tag: 2, body: [5]), .unknown(tag: 3, body: [5, 200]),
            .unknown(tag: 4, body: []), .unknown(tag: 10, body: [9, 0]), .unknown(tag: 14, body: [0]),
        ]
        + values.flatMap { value in
            [
                .assign(Field(rawValue: 1), value), .add(Field(rawValue: 300), value),
                .remove(Field(rawValue: .max), value),
            ]
        }
}
