import Dispatch
import Foundation
import Replication
import Synchronization

/// Carries out what the hub's outbox decides: reads and marks through the site, payments through the channel.
final class OutboxSender: Sendable {
    private let site: Site
    private let channel: PaymentChannel
    private let queue = DispatchQueue(label: "tributary.outbox")
    private let machine = Mutex(OutboxDelivery())

    init(site: Site) {
        self.site = site
        channel = PaymentChannel(folder: site.folder)
        site.listen { [weak self] _ in self?.look() }
    }

    func look() {
        guard site.contradiction == nil else { return }
        post(.news)
    }

    private func post(_ event: OutboxDelivery.Event) {
        queue.async {
            for action in self.machine.withLock({ $0.handle(event) }) { self.carryOut(action) }
        }
    }

    private func carryOut(_ action: OutboxDelivery.Action) {
        switch action {
        case .look:
            let found = (try? next()) ?? nil
            if found == nil { site.jobs.end(.outbox) }
            post(.found(found))
        case .mark(let state, let effect): mark(state, effect)
        case .attempt(let effect): attempt(effect)
        case .setTimer(let delay):
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay))) { [weak self] in self?.post(.timer) }
        }
    }

    /// Nothing while the hub does not know what an earlier one has paid.
    private func next() throws -> Effect? {
        try site.read { store in
            try HubStanding(store, contradiction: site.contradiction).isDeciding ? store.nextEffect() : nil
        }
    }

    private func attempt(_ effect: Effect) {
        beginJob()
        do {
            try channel.pay(effect)
            site.jobs.move(.outbox)
            post(.attempted(true))
        } catch {
            site.log.line("outbox", "\(error)")
            post(.attempted(false))
        }
    }

    /// An attempt is no progress: what fails again and again stands still.
    private func beginJob() {
        guard !site.jobs.report().contains(where: { $0.name.kind == .outbox }) else { return }
        site.jobs.move(.outbox)
    }

    private func mark(_ state: Effect.State, _ effect: Effect) {
        site.write("outbox") { session, now in
            try session.mark(state, effect, at: now)
        } completion: { result in
            if case .failure(let error) = result { self.site.log.line("outbox", "\(error)") }
            self.post(.marked((try? result.get()) != nil))
        }
    }
}
