import Replication
import ServiceDesk

/// Follows one ticket through a run: who did what to it where, and which messages carried it.
public final class TicketTrace {
    /// A ticket's number, or its identifier.
    private let name: String
    private var entity: EntityID?
    /// The hub first.
    private let places: [(id: String, name: Words)]
    private var origins: [OriginID: String] = [:]
    private var created: [(entity: EntityID, number: String)] = []
    private var workedOn: [EntityID: Set<String>] = [:]
    public private(set) var messages: [MessageDiagram.Message] = []
    public private(set) var events: [MessageDiagram.Event] = []

    init(_ name: String, places: [(id: String, name: Words)]) {
        self.name = name
        self.places = places
        entity = EntityID(kind: .ticket, text: name.lowercased())
    }

    /// Numbers of a few tickets worth following: first those that were worked on at several sites.
    public var some: [String] {
        let shared = created.filter { (workedOn[$0.entity]?.count ?? 0) > 1 }
        return (shared.isEmpty ? created : shared).prefix(Self.someMax).map(\.number)
    }

    private static let someMax = 8

    /// A picture in the manner of Maelstrom's: a line down for each site, an arrow for each message.
    public var diagram: MessageDiagram {
        MessageDiagram(title: "ticket \(name)", sites: places, messages: messages, events: events)
    }

    /// In the order of time, a line each.
    public var lines: [String] {
        let said = events.map { (at: $0.at, text: "\($0.site): \($0.words)") }
        let carried = messages.map { message in
            let arrival = message.arrived.map { "arrives \(DurationText.clock($0))" } ?? "lost"
            return (at: message.sent, text: "\(message.from) → \(message.to): \(message.words), \(arrival)")
        }
        return (said + carried).enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map { "\(DurationText.clock($0.element.at))  \($0.element.text)" }
    }

    func wrote(_ change: Change, at site: String, _ now: VirtualTime) {
        origins[change.origin] = site
        if entity == nil, change.creation?.label == name { entity = change.entity }
        if let label = change.creation?.label, !label.isEmpty { created.append((change.entity, label)) }
        workedOn[change.entity, default: []].insert(site)
        guard change.entity == entity else { return }
        events.append(.init(at: now, site: site, words: Self.words(change)))
    }

    private static func words(_ change: Change) -> String {
        let edits = change.edits.map { edit in
            switch edit {
            case .create(let creation): "created \(creation.label)"
            case .assign(let field, _): FieldNumbers.name(field) ?? "field \(field.rawValue)"
            case .transition(let step): "step \(step.name)"
            case .note: "note"
            case .request: "request"
            case .answer(let answer): answer.outcome == .granted ? "granted" : "refused"
            case .settle: "settled"
            default: "edit"
            }
        }
        return "change \(change.sequence): " + edits.joined(separator: ", ")
    }

    func carried(_ body: [UInt8], isUp: Bool, by site: String, sent: VirtualTime, arrived: VirtualTime?) {
        guard let entity else { return }
        let words = isUp ? pushed(body, entity) : told(body, entity)
        guard !words.isEmpty else { return }
        let (from, to) = isUp ? (site, places[0].id) : (places[0].id, site)
        messages.append(
            .init(
                sent: sent, arrived: arrived, from: from, to: to, words: words.joined(separator: ", "),
                isLost: arrived == nil))
    }

    private func pushed(_ body: [UInt8], _ entity: EntityID) -> [String] {
        guard let request = try? ExchangeRequest(encoded: body) else { return [] }
        let wishes = request.wishes.filter { $0.entity == entity }.map { _ in "asks for its history" }
        return request.changes.filter { $0.entity == entity }.map { "change \($0.sequence)" } + wishes
    }

    private func told(_ body: [UInt8], _ entity: EntityID) -> [String] {
        guard let answer = try? ExchangeAnswer(encoded: body) else { return [] }
        let entries = answer.entries.compactMap { entry -> String? in
            switch entry.content {
            case .change(let change): change.entity == entity ? name(change.reference) : nil
            case .stored(let head): head.entity == entity ? name(head.reference) : nil
            case .enter(let entered, _): entered == entity ? "enter" : nil
            case .withdraw(let left): left == entity ? "withdraw" : nil
            default: nil
            }
        }
        let histories = answer.histories.filter { $0.entity == entity }.map { "history of \($0.changes.count) changes" }
        return entries + histories
    }

    private func name(_ reference: ChangeReference) -> String {
        "change \(reference.sequence) of \(origins[reference.origin] ?? "elsewhere")"
    }
}
