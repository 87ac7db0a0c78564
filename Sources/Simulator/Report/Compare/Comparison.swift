import Standards

/// Two rehearsals side by side: what would be otherwise if the satellite link were faster, or the seed another.
public struct Comparison: Sendable {
    let first: Outcome
    let second: Outcome

    public init(_ first: Outcome, _ second: Outcome) {
        self.first = first
        self.second = second
    }

    /// Those of the whole province.
    var figures: [ComparedFigure] {
        let words = ReportWords.standard
        return [
            figure("lagMaxMilliseconds", words.worstLag, .milliseconds) { $0.mostBehind.map(ReportFigures.longest) },
            figure("lagP99Milliseconds", words.greatestP99, .milliseconds) { $0.lagP99 },
            figure("backlogPeakOperations", words.backlogPeak, .operations) { $0.backlogPeak?.operations ?? 0 },
            figure("levelAfterMaxMilliseconds", words.slowestHeal, .milliseconds) {
                $0.slowestHeal?.levelAfter?.milliseconds
            },
            figure("neverLevel", words.neverLevel, .times) {
                Int64($0.neverLevel.count)
            },
            figure("conflicts", words.allConflicts, .times) { $0.conflicts },
            figure("conflictsPerThousandEditsTenths", words.conflictsPerThousand, .tenthsPerThousand) {
                $0.perThousand($0.conflicts)
            },
            figure("refundsPaid", words.refundsPaid, .times) { $0.outcome.refunds.paid },
            figure("refundsPaidFen", words.paidSum, .fen) { $0.outcome.refunds.paidFen },
            figure("refundsRefusedAsDuplicates", words.duplicateRefunds, .times) {
                $0.outcome.refunds.refusedAsDuplicates
            },
            figure("breachesTrue", words.breachesTrue, .times) { $0.outcome.service.real },
            figure("breachesByLag", words.breachesByLag, .times) { $0.outcome.service.byLag },
            figure("hubBusyPerMilleP95", words.hubBusy, .perMille) { $0.outcome.hub.busyPerMilleP95 },
            figure("hubRequests", words.hubRequests, .times) { FigureText.sum($0.outcome.hub.requests) },
            figure("bytesUp", words.bytesToHub, .bytes) { $0.bytesUp },
            figure("bytesDown", words.bytesFromHub, .bytes) { $0.bytesDown },
            figure("hubDatabaseBytes", words.hubDatabase, .bytes) { $0.outcome.hub.databaseBytes },
            figure("changes", words.allChanges, .operations) { $0.outcome.changes },
            figure("tickets", words.allTickets, .operations) { $0.outcome.tickets },
        ]
    }

    /// Each site's p99, for sites of either run.
    var lagBySite: [ComparedFigure] {
        sites.map { site in
            figure(site, ReportFigures(first).name(site, or: second), .milliseconds) { figures in
                figures.outcome.sites.first { $0.id == site }?.lag?.p99
            }
        }
    }

    var backlogBySite: [ComparedFigure] {
        sites.map { site in
            figure(site, ReportFigures(first).name(site, or: second), .operations) { figures in
                figures.outcome.sites.first { $0.id == site }?.backlog.max()
            }
        }
    }

    private var sites: [String] {
        let known = first.sites.filter { !$0.isHub }.map(\.id)
        return known + second.sites.filter { !$0.isHub }.map(\.id).filter { !known.contains($0) }
    }

    /// The verdict, the ten promises, and the invariants, by name; findings as words of the JSON.
    var findings: [(name: String, first: String, second: String)] {
        let promises = PromiseWords.names.map { name in
            (name, finding(first, promise: name), finding(second, promise: name))
        }
        let numbers = Set((first.invariants + second.invariants).map(\.number)).sorted()
        let invariants = numbers.map { number in
            ("invariant \(number)", finding(first, invariant: number), finding(second, invariant: number))
        }
        return [("verdict", first.verdict.rawValue, second.verdict.rawValue)] + promises + invariants
    }

    private func finding(_ outcome: Outcome, promise: String) -> String {
        (outcome.promises.first { $0.name == promise }?.finding ?? .notExercised).rawValue
    }

    private func finding(_ outcome: Outcome, invariant: Int) -> String {
        (outcome.invariants.first { $0.number == invariant }?.finding ?? .notExercised).rawValue
    }

    private func figure(
        _ key: String, _ words: Words, _ unit: ComparedFigure.Unit, _ value: (ReportFigures) -> Int64?
    ) -> ComparedFigure {
        ComparedFigure(
            key: key, words: words, unit: unit, first: value(ReportFigures(first)), second: value(ReportFigures(second))
        )
    }
}
