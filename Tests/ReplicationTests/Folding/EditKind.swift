@testable import Replication

/// One of each kind of edit, made so that those of one history meet each other.
enum EditKind: CaseIterable {
    case create, assign, add, remove, count, transition, vote, grant, revoke, note, attach, request, answer, settle

    /// The edits of the change at `index` in a history of this shape.
    func edits(at index: Int, in shape: HistoryShape) -> [Edit] {
        switch self {
        case .create: [.create(Creation(state: "new", label: "T-\(index)"))]
        // The first and the third agree, so that equal concurrent values occur too.
        case .assign: [Changes.sets("value \(index % 2)")]
        case .add: [.add(Changes.set, .text("x"))]
        case .remove: [.remove(Changes.set, .text("x"))]
        case .count: [.count(Changes.counter, Int64(index) + 1)]
        // With an assignment and a note, which fare differently when it is overtaken.
        case .transition:
            [Changes.moves(from: "", "new", to: "done"), Changes.sets("moved \(index)"), Changes.notes("moved")]
        case .vote: [Changes.votes(index == 0 ? .approve : .veto, by: "d\(index)")]
        case .grant: [.grant(Grant(person: "wang", role: "clerk"))]
        case .revoke: [.revoke(Grant(person: "wang", role: "clerk"))]
        case .note: [Changes.notes("note \(index)")]
        case .attach: [Changes.attaches("file \(index)")]
        case .request: [Changes.asks("charge \(index)")]
        case .answer: [Changes.answers(shape.reference(0), counted: [shape.reference(0)])]
        case .settle: (0...index).map { .settle(Settlement(losing: shape.reference($0))) }
        }
    }
}
