import Replication
import Standards

extension Desk {
    /// Publishes a standard pack for the whole province; the hub's to do.
    /// - Parameters:
    ///   - document: the pack's JSON, already checked.
    ///   - effective: when it takes effect, in milliseconds; at once when nil.
    public func publish(
        _ pack: StandardPack, document: [UInt8], effective: Int64?, in session: inout Session
    ) throws -> EntityID {
        let name = PackShelf.name(of: document)
        if let row = try store.row(name), row.state.exists {
            guard effective == nil || row.state[StandardField.effective] == .integer(effective ?? 0) else {
                throw DeskError(
                    .wrongState, "This standard is published already, to take effect at another time.",
                    remedy: "Give it a new version and publish that.")
            }
            return name
        }
        let effective = effective ?? now
        try check(effective: effective)
        try checkVersion(pack)
        try checkNumbers(pack)
        let edits: [Edit] = [
            .create(Creation(label: pack.version)), .assign(StandardField.version, .text(pack.version)),
            .assign(StandardField.document, .text(String(decoding: document, as: UTF8.self))),
            .assign(StandardField.effective, .integer(effective)),
        ]
        _ = try session.write(Draft(entity: name, edits: edits, actor: actor), at: now)
        forgetStandard()
        try session.judgeAllWaiting(at: now)
        return name
    }

    /// Nothing takes effect in the past: tickets have been opened under what was in force then.
    private func check(effective: Int64) throws {
        guard effective >= now - DeskLimits.effectiveLateness, effective <= now + DeskLimits.effectiveAhead else {
            throw DeskError(
                .invalid, "A standard takes effect from now on and within ten years.", remedy: "Correct the time.",
                problems: [.init(field: "effective", problem: "is in the past or too far ahead")])
        }
    }

    /// People call a standard by its version, so one version is one document.
    private func checkVersion(_ pack: StandardPack) throws {
        let isTaken = try store.database.first("SELECT 1 FROM standard WHERE version = ?", pack.version) { _ in true }
        guard isTaken == nil else {
            throw DeskError(
                .wrongState, "Another standard is called version \(pack.version).",
                remedy: "Give this one a new version.")
        }
    }

    /// Two words of a pack must not fall on one field number.
    private func checkNumbers(_ pack: StandardPack) throws {
        var words: [Field: String] = [:]
        let steps = pack.procedure.steps.map { TicketSteps.fieldName($0.id) }
        for name in pack.ticketTypes.flatMap({ $0.fields.map(\.id) }) + steps {
            let number = FieldNumbers.field(name)
            if let other = words[number], other != name {
                throw DeskError(
                    .invalid, "Fields \(other) and \(name) fall on one number.", remedy: "Rename one of them.")
            }
            words[number] = name
        }
    }
}
