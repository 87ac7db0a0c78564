import Replication
import ServiceDesk
import Standards

/// What a transition asks for, and how one comes by it.
extension Clerk {
    enum Preparation {
        /// It can be taken with these fields.
        case ready([String: Value])
        /// Something else comes first.
        case first(Intent)
        /// A ticket to build upon.
        case lacks(ProcedureMap.Link)
        /// Nothing can be done about it now.
        case later
    }

    /// Stops the reading of guards.
    private struct Stop: Error { let at: Preparation }

    mutating func prepare(_ rule: TransitionRule) throws -> Preparation {
        var filling = Filling(file: file, map: map, number: number, random: random)
        do {
            defer { random = filling.random }
            for case .fieldIs(let field, let values) in rule.guards { try settle(field, values, &filling) }
            for field in rule.requires { try fill(field, &filling) }
            // What one of them fills in another may ask about.
            for one in rule.guards + file.type.work.rules { try meet(one, &filling) }
            if rule.kind == .suspend, let reason = file.type.work.pauseField { try fill(reason, &filling) }
            filling.reconcile()
            return .ready(filling.fields)
        } catch let stop as Stop {
            return stop.at
        }
    }

    private func settle(_ field: String, _ values: [String], _ filling: inout Filling) throws {
        if let link = map.mirrored(field) {
            guard let other = try file.foundation(for: link) else { throw Stop(at: .lacks(link)) }
            filling.mirror(field, other, link)
        }
        guard let held = filling.text(field) else {
            filling.fields[field] = .text(filling.random.pick(values))
            return
        }
        if !values.contains(held) { throw Stop(at: .later) }
    }

    private func fill(_ field: String, _ filling: inout Filling) throws {
        if let link = map.link(field) ?? map.mirrored(field) {
            guard let other = try file.foundation(for: link) else { throw Stop(at: .lacks(link)) }
            if map.link(field) != nil {
                filling.fields[field] = .text(other.state.creation?.label ?? "")
            } else {
                filling.mirror(field, other, link)
            }
            return
        }
        guard !filling.isFilled(field), let form = file.type.field(field) else { return }
        switch form.kind {
        case .file:
            guard let attached = file.state.attachments.first.flatMap({ ContentHash($0.attachment.hash) }) else {
                throw Stop(at: .first(paper(for: field, &filling.random)))
            }
            filling.fields[field] = .text(attached.text)
        case .set:
            throw Stop(at: .first(Intent(.change(field, adding: ["\(field) \(number)"], removing: []))))
        default: filling.fill(form)
        }
    }

    private func paper(for field: String, _ random: inout RandomStream) -> Intent {
        let content = random.bytes(Int(random.within(20...2_000)))
        var intent = Intent(
            .attach(
                Attachment(
                    hash: ContentHash(of: content).bytes, name: "\(field).pdf", size: UInt64(content.count),
                    mediaType: "application/pdf")), marks: [.fileAttached])
        intent.file = content
        return intent
    }

    private mutating func meet(_ rule: Guard, _ filling: inout Filling) throws {
        switch rule {
        case .fieldIsNot(let field, let values):
            if filling.text(field).map(values.contains) == true { throw Stop(at: .later) }
        case .requiredWhen(let field, let values, let others):
            guard filling.text(field).map(values.contains) == true else { return }
            for other in others { try fill(other, &filling) }
        case .requiredFrom(let field, let number, let other, let values):
            guard let count = filling.text(field).flatMap({ Int($0) }), count >= number,
                filling.text(other).map(values.contains) != true
            else { return }
            filling.fields[other] = .text(filling.random.pick(values))
        case .covers(let set, let of, let unless, _): try cover(of, by: set, unless, &filling)
        case .within(let from, let to): filling.openWindow(from, to)
        case .stepsDone: try finishSteps(&filling.random)
        case .childrenFinal(let types):
            if try file.children(types).contains(where: { !file.hasEnded($0) }) { throw Stop(at: .later) }
        case .childIs(let type, let field, let values):
            let link = ProcedureMap.Link(field: field, values: values, validUntil: nil)
            if try !file.children([type]).contains(where: { file.holds($0, link) }) { throw Stop(at: .later) }
        case .linkedIs(let field, _, _, _): try fill(field, &filling)
        case .reviewPassed, .reviewVetoed: try hear(rule)
        case .atProvince:
            guard !file.isHub else { return }
            var intent = Intent.nothing
            intent.isProvinces = true
            throw Stop(at: .first(intent))
        case .knownCircuit(let unless): if let unless { try fill(unless, &filling) }
        case .fieldIs, .catalogued, .recommended, .differentPerson, .atOwner, .noHandOver, .spaced, .withinAuthority:
            return
        }
    }

    /// Whoever is concerned is asked; mostly somebody is.
    private func cover(_ of: String, by set: String, _ unless: String?, _ filling: inout Filling) throws {
        let concerned = file.elements(of)
        if concerned.isEmpty, filling.random.happens(perMille: 500) {
            let names = (1...filling.random.within(1...3)).map { "customer \(number)-\($0)" }
            throw Stop(at: .first(Intent(.change(of, adding: names, removing: []))))
        }
        let open = concerned.filter { !file.elements(set).contains($0) }
        guard !open.isEmpty, !(unless.map { filling.isFilled($0) } ?? false) else { return }
        if let unless, filling.random.happens(perMille: 100) { return try fill(unless, &filling) }
        throw Stop(at: .first(Intent(.change(set, adding: open, removing: []), marks: [.consulted])))
    }

    private func finishSteps(_ random: inout RandomStream) throws {
        guard !file.areStepsDone else { return }
        guard let step = file.nextStep else { throw Stop(at: .later) }
        let isTrouble = random.happens(perMille: 40)
        let state: StepState =
            isTrouble && step.state != .exception
            ? .exception : step.state == .waiting && random.happens(perMille: 300) ? .begun : .done
        var intent = Intent(.step(step.template.id, state, text: isTrouble ? "in the way \(number)" : ""))
        intent.role = step.template.department
        throw Stop(at: .first(intent))
    }

    private mutating func hear(_ rule: Guard) throws {
        guard let template = file.type.work.review else { return }
        let outcome = ReviewStanding(of: file.state, template).outcome
        if outcome == (rule == .reviewPassed ? .passed : .vetoed) { return }
        // Whoever has asked others mostly waits for them.
        let isLeft = !file.helpers.isEmpty && !random.happens(perMille: 250)
        guard rule == .reviewPassed, outcome == .open, !isLeft, let vote = vote() else { throw Stop(at: .later) }
        throw Stop(at: .first(vote))
    }
}
