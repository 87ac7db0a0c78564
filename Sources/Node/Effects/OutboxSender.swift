import Dispatch
import Foundation
import Replication
import Synchronization

/// Sends what the hub has granted, once each: *attempting* is committed before the call and *sent* after it.
final class OutboxSender: Sendable {
    private let site: Site
    private let channel: PaymentChannel
    private let queue = DispatchQueue(label: "tributary.outbox")
    private let isBusy = Mutex(false)

    init(site: Site) {
        self.site = site
        channel = PaymentChannel(folder: site.folder)
        site.listen { [weak self] _ in self?.look() }
    }

    func look() {
        guard site.contradiction == nil else { return }
        queue.async { self.send() }
    }

    private func send() {
        guard
            isBusy.withLock({ isBusy in
                defer { isBusy = true }; return !isBusy
            })
        else { return }
        // An uncertain one goes again, because this channel honours the key.
        let next = try? site.read { store in
            try store.effects(in: .uncertain, limit: 1).first ?? store.effects(in: .pending, limit: 1).first
        }
        guard let effect = next ?? nil else {
            isBusy.withLock { $0 = false }
            return
        }
        mark(.attempting, effect) { self.attempt(effect) }
    }

    private func attempt(_ effect: Effect) {
        do {
            try channel.pay(effect)
            mark(.sent, effect) { self.again() }
        } catch {
            site.log.line("outbox", "\(error)")
            mark(.uncertain, effect) { self.later() }
        }
    }

    /// After a failure it tries again by itself, whether or not anybody writes meanwhile.
    private func later() {
        isBusy.withLock { $0 = false }
        queue.asyncAfter(deadline: .now() + Self.retrySeconds) { [weak self] in self?.send() }
    }

    private static let retrySeconds = 10.0

    private func again() {
        isBusy.withLock { $0 = false }
        look()
    }

    private func mark(_ state: Effect.State, _ effect: Effect, then next: @escaping @Sendable () -> Void) {
        site.write("outbox") { session, _ in
            try session.store.set(state, of: effect.number)
        } completion: { result in
            if case .failure(let error) = result {
                self.site.log.line("outbox", "\(error)")
                self.later()
                return
            }
            self.queue.async(execute: next)
        }
    }
}
