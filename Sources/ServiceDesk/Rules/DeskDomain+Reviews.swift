import Replication

extension DeskDomain {
    /// When the province takes a step that a review had to pass for, it names the votes that it counted: any that come
    /// later raise an alarm and change nothing.
    func answer(toReviewIn change: Change, after state: EntityState, in store: SiteStore) throws -> Draft? {
        guard let transition = change.transition, state.stage?.by == change.reference,
            let site = try store.site(of: change.origin), try store.directoryEntry(of: site)?.isBranch != true,
            let type = try TicketRules(shelf: shelf, store: store).type(of: change, before: state),
            type.transition(transition.name)?.guards.contains(.reviewPassed) == true,
            let template = type.work.review
        else { return nil }
        let round = ReviewStanding(of: state, template).round
        let counted = state.votes.filter { $0.vote.round == round }.map(\.by)
        guard !counted.isEmpty, ReviewRound(round, of: state).standing == .open else { return nil }
        let answer = Answer(request: change.reference, outcome: .granted, counted: counted)
        return Draft(entity: change.entity, edits: [.answer(answer)], actor: DeskActor.hub)
    }
}
