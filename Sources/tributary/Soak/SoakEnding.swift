import Standards

/// What is asked of a province when the load has ended: everything acknowledged is at the hub once, all agree, and
/// nothing has grown that should not.
final class SoakEnding {
    private static let paymentsBytesMax = 1 << 30

    private let soak: Soak
    private var agreement: [String] = []
    private var secondsToAgree = 0.0

    init(_ soak: Soak) { self.soak = soak }

    private var province: Province { soak.province }

    /// Waits until every branch has sent all and holds what the hub holds for it, and what was granted is paid.
    func settle() {
        let start = Environment.steadySeconds()
        do {
            for branch in province.branches { try province.waitUntilConnected(branch) }
            try province.waitUntilAgreed(seconds: Soak.agreementSeconds)
            try Patience.wait(until: "every granted refund is paid", seconds: Soak.agreementSeconds) {
                payments().count >= soak.tally.counts.granted.count
            }
        } catch {
            agreement.append("\(error)")
        }
        secondsToAgree = Environment.steadySeconds() - start
    }

    func outcome() throws -> SoakOutcome {
        let census = Result { try Census(Counter(site: province.hub, ledger: soak.ledger)) }
        let growth = soak.sampler.growth
        let verdicts =
            [processes, writes(census), agreed, clean, refunds, answers, faults] + GrowthJudge(sites: growth).verdicts
        return SoakOutcome(
            settings: soak.settings, counts: soak.tally.counts, faults: soak.driver.counts,
            acknowledged: soak.ledger.count, growth: growth, verdicts: verdicts)
    }

    /// A node that ends by itself is broken, whatever the others made of it.
    private var processes: Verdict {
        Verdict(
            "processes", broken: soak.died.map { "\($0) ended by itself; its log says why" },
            held: "none of \(province.sites.count) nodes ended by itself")
    }

    private func writes(_ census: Result<Census, any Error>) -> Verdict {
        let acknowledged = soak.ledger.count
        switch census {
        case .failure(let error): return Verdict("writes", broken: ["the hub could not be asked: \(error)"], held: "")
        case .success(let census):
            var broken: [String] = []
            if census.lost > 0 { broken.append("\(census.lost) lost") }
            if census.duplicated > 0 { broken.append("\(census.duplicated) duplicated") }
            if acknowledged == 0 { broken.append("none was acknowledged") }
            return Verdict(
                "writes", broken: broken,
                held:
                    "\(acknowledged) acknowledged; \(census.tickets) tickets and \(soak.ledger.notes.count) notes "
                    + "looked for at the hub: lost 0, duplicated 0")
        }
    }

    private var agreed: Verdict {
        Verdict(
            "agreement", broken: agreement,
            held: "\(province.branches.count) digests equal \(Seconds.text(secondsToAgree)) s after the load")
    }

    private var clean: Verdict {
        var broken: [String] = []
        for site in province.sites {
            do {
                let report = try site.client.get("/api/verify").json
                if report["clean"]?.boolValue != true {
                    let problems = report["problems"]?.arrayValue ?? []
                    broken.append("\(site.id): \(problems.first?.stringValue ?? "not clean")")
                }
            } catch {
                broken.append("\(site.id): \(error)")
            }
        }
        return Verdict(
            "verify", broken: broken, held: "\(province.sites.count) sites fold their logs to what they show")
    }

    private var refunds: Verdict {
        let paid = payments()
        let granted = soak.tally.counts.granted.count
        var broken: [String] = []
        if Set(paid).count < paid.count { broken.append("\(paid.count - Set(paid).count) paid twice") }
        if paid.count < granted { broken.append("\(granted - paid.count) granted and not paid") }
        return Verdict("refunds", broken: broken, held: "\(granted) charges granted, \(paid.count) paid, each once")
    }

    private var answers: Verdict {
        let counts = soak.tally.counts
        return Verdict(
            "answers", broken: counts.unexpected == 0 ? [] : ["\(counts.unexpected) unforeseen"] + counts.examples,
            held:
                "\(counts.steps) steps done, \(counts.refused) lawfully refused, \(counts.unanswered) calls unanswered "
                + "and repeated, \(counts.skipped) steps left out")
    }

    /// What was not tried is not held.
    private var faults: Verdict {
        let counts = soak.driver.counts
        let missing = Fault.Kind.allCases.filter { counts[$0] == nil }.map { "never: \($0.words)" }
        return Verdict(
            "faults", broken: missing + soak.driver.failures,
            held: Fault.Kind.allCases.map { "\($0.words) \(counts[$0] ?? 0)" }.joined(separator: ", "))
    }

    /// The keys of what the hub has paid, one for each payment.
    private func payments() -> [String] {
        let path = province.hub.data + "/payments.jsonl"
        let bytes = (try? InputFile.bytes(path, limit: Self.paymentsBytesMax)) ?? []
        return bytes.split(separator: UInt8(ascii: "\n")).map { line in
            (try? JSONValue(parsing: Array(line), sizeLimit: 64 * 1024))?["key"]?.stringValue ?? ""
        }
    }
}
