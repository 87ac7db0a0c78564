import Replication
import ServiceDesk

/// Tickets that move from branch to branch, and what both do with them meanwhile.
extension People {
    func planTransfer(_ index: Int, isShared: Bool) {
        let home = tickets[index].home
        kernel.after(randoms[home].untilNext(mean: .hours(4)), "transfer", site: home) { [unowned self] in
            guard kernel.now < ends else { return }
            offer(index, isShared: isShared)
        }
    }

    private func offer(_ index: Int, isShared: Bool) {
        let home = tickets[index].home
        let others = sites.indices.dropFirst().filter { $0 != home && !sites[$0].isStandby }
        guard !others.isEmpty else { return }
        let other = randoms[home].pick(Array(others))
        let name = tickets[index].name
        let target = sites[other].id
        act(at: home, actor: clerk(home)) { desk, session, key in
            try desk.act(.offerTransfer(target), on: name, shown: nil, key: key, in: &session).written
        } done: { [self] written in
            guard written != nil else { return }
            watcher.mark(.offered)
            accept(index, from: home, at: other, tries: 0, isShared: isShared)
        }
    }

    /// The other branch looks now and then whether the ticket has come.
    private func accept(_ index: Int, from home: Int, at other: Int, tries: Int, isShared: Bool) {
        let pause = randoms[other].untilNext(mean: .hours(2))
        kernel.after(pause, "acceptance", site: other) { [unowned self] in
            guard kernel.now < ends else { return }
            if isShared, tries == 0 {
                watcher.mark(.editedAtTwoBranches)
                assign(index, at: home)
                assign(index, at: other)
            }
            let name = tickets[index].name
            act(at: other, actor: clerk(other)) { desk, session, key in
                try desk.act(.acceptTransfer, on: name, shown: nil, key: key, in: &session).written
            } done: { [self] written in
                if written != nil {
                    tickets[index].home = other
                    watcher.mark(.transferred)
                } else if tries < 6 {
                    accept(index, from: home, at: other, tries: tries + 1, isShared: isShared)
                } else {
                    decline(index, at: home)
                }
            }
        }
    }

    private func decline(_ index: Int, at home: Int) {
        let name = tickets[index].name
        act(at: home, actor: clerk(home)) { desk, session, key in
            try desk.act(.declineTransfer, on: name, shown: nil, key: key, in: &session).written
        }
    }
}
