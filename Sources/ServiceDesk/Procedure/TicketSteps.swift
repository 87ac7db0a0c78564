import Replication
import Standards

/// The steps within a ticket's work: those of its type, or of the implementation mode that it names, without those that
/// fall away for what it holds.
public struct TicketSteps {
    public struct Step {
        public let template: StepTemplate
        public let state: StepState
    }

    public let all: [Step]

    public init(of state: EntityState, type: TicketType, pack: StandardPack) {
        self.init(TicketValues(state: state), type, pack)
    }

    init(_ values: TicketValues, _ type: TicketType, _ pack: StandardPack) {
        let mode = type.work.modeField.flatMap(values.text).flatMap { pack.procedure.mode($0) }
        all = (mode?.steps ?? type.work.steps).compactMap { id in
            guard let template = pack.procedure.step(id) else { return nil }
            if !template.omitted.isEmpty, template.omitted.hold(values.text) { return nil }
            let word = values.value(Self.field(id)).textValue
            return Step(template: template, state: word.flatMap(StepState.init(rawValue:)) ?? .waiting)
        }
    }

    public var areDone: Bool { all.allSatisfy { $0.state == .done } }

    public func step(_ id: String) -> Step? { all.first { $0.template.id == id } }

    /// The steps that must be done before this one may begin.
    func missing(before step: StepTemplate) -> [String] {
        all.filter { step.after.contains($0.template.id) && $0.state != .done }.map(\.template.id)
    }

    /// Where a ticket keeps how far a step is.
    static func field(_ step: String) -> Field { FieldNumbers.field(fieldName(step)) }

    static func fieldName(_ step: String) -> String { StepTemplate.fieldName(step) }
}
