import Replication
import Standards

/// What an announcement may be. That only the province writes one is the kind's authority. Words of the standard are
/// looked at where it is written and not here: the standard may have changed meanwhile.
enum AnnouncementRules {
    static func judge(_ change: Change, before state: EntityState) -> Judgement {
        for edit in change.edits {
            if let problem = problem(edit) { return .refuse(problem) }
        }
        let time = { (field: Field) in (change.assigned(field) ?? state[field]).integerValue }
        guard let from = time(AnnouncementField.from), let until = time(AnnouncementField.until), from < until,
            until - from <= DeskLimits.announcementLength
        else {
            let days = DeskLimits.announcementLength / 86_400_000
            return .refuse("An announcement ends after it begins, and within \(days) days. Correct the times.")
        }
        if !state.exists {
            let words = [AnnouncementField.zh, AnnouncementField.en].compactMap { change.assigned($0)?.textValue }
            let isAboutSomething = change.edits.contains { edit in
                if case .add(AnnouncementField.categories, .text) = edit { true } else { false }
            }
            guard words.count == 2, !words.contains(""), isAboutSomething else {
                return .refuse("An announcement has words in both languages and is about a category. Name them.")
            }
        }
        return .admit
    }

    private static func problem(_ edit: Edit) -> String? {
        guard case .assign(let field, .text(let text)) = edit else { return nil }
        let isWording = field == AnnouncementField.zh || field == AnnouncementField.en
        let limit = isWording ? ApprovedWording.lengthLimit : DeskLimits.announcementAreaLength
        return DeskLimits.problem(text, longestLength: limit).map { "A text of an announcement \($0). Shorten it." }
    }
}
