import Replication
import ServiceDesk

/// Files that people attach to a ticket: a photograph of a cabinet, a signed form.
extension People {
    func planFile(_ index: Int) {
        // A stream of its own, so that a scenario without files is the same as ever.
        var random = RandomStream(seed: kernel.seed, entity: tickets[index].name, purpose: "file")
        guard random.happens(perMille: settings.attachmentsPerMille) else { return }
        let wait = random.untilNext(mean: .hours(3))
        let drawn = random
        kernel.after(wait, "file", site: tickets[index].home) { [unowned self] in
            guard kernel.now < ends else { return }
            attach(index, drawn)
        }
    }

    private func attach(_ index: Int, _ drawn: RandomStream) {
        var random = drawn
        let name = tickets[index].name
        let site = random.happens(perMille: 100) ? 0 : tickets[index].home
        let content = content(&random)
        act(at: site, actor: site == 0 ? "province" : clerk(site)) { desk, session, key in
            let hash = ContentHash(of: content)
            _ = try session.store.putIn(content, at: 0, of: hash, size: content.count, at: desk.now)
            let file = Attachment(
                hash: hash.bytes, name: "file.txt", size: UInt64(content.count), mediaType: "text/plain")
            return try desk.act(.attach(file), on: name, shown: nil, key: key, in: &session).written
        } done: { [self] written in
            if written != nil { watcher.mark(.fileAttached) }
        }
    }

    /// Mostly small, so that a long rehearsal fits into memory; now and then of several chunks. One in ten is a form
    /// that many use.
    private func content(_ random: inout RandomStream) -> [UInt8] {
        guard !random.happens(perMille: 100) else {
            var form = kernel.stream("", "form \(random.below(20))")
            return form.bytes(2_000)
        }
        let most: Int64 = random.happens(perMille: 20) ? 200_000 : 4_000
        return random.bytes(Int(random.within(1...most)))
    }
}
