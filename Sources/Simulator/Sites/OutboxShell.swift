import Replication

/// Carries out what the hub's outbox decides, with the payment office at the other end.
// Safe: a rehearsal has one thread.
final class OutboxShell: @unchecked Sendable {
    /// How long the office takes to answer.
    private static let call = VirtualTime.milliseconds(40)

    private unowned let process: SiteProcess
    private var machine = OutboxDelivery()

    init(_ process: SiteProcess) { self.process = process }

    func look() {
        guard process.contradiction == nil else { return }
        post(.news)
    }

    private func post(_ event: OutboxDelivery.Event) {
        guard !process.isDead else { return }
        for action in machine.handle(event) { carryOut(action) }
    }

    private func carryOut(_ action: OutboxDelivery.Action) {
        switch action {
        case .look:
            let found = try? process.glance { try SiteStore($0, domain: process.domain).nextEffect() }
            post(.found(found ?? nil))
        case .mark(let state, let effect):
            process.write("outbox") { session, now in
                try session.mark(state, effect, at: now)
            } completion: { [self] result in
                post(.marked((try? result.get()) != nil))
            }
        case .attempt(let effect): attempt(effect)
        case .setTimer(let milliseconds):
            process.after(.milliseconds(milliseconds), "outbox") { [unowned self] in post(.timer) }
        }
    }

    private func attempt(_ effect: Effect) {
        let office = process.site.payments
        let sent = process.site.now
        // The office hears it whether or not this process is there for the answer.
        process.site.kernel.after(Self.call, "payment") {
            office?.pay(
                .init(
                    key: effect.key, entity: effect.entity.text, request: effect.request, fen: effect.amount,
                    at: sent + Self.call))
        }
        process.after(Self.call + Self.call, "paid") { [unowned self] in post(.attempted(true)) }
    }
}
