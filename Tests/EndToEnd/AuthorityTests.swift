import Replication
import ServiceDesk
import Standards
import Testing

extension RealProcesses {
    @Suite("Changes beyond a branch's rights")
    struct AuthorityTests {
        @Test("what a changed branch may not write is refused at the hub, shown at both ends, and delays nothing else")
        func lawlessBranch() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let supervised = try node.open("擅自督办", fields: ["area": "金凤区"])
                let skipped = try node.open("跳过流程")
                try province.waitUntilLevel()
                try node.stop()
                let branch = try Impersonator(node, domain: LawlessDomain())
                try branch.write(entity(supervised), [.assign(TicketField.isSupervised, .bool(true))])
                try branch.write(
                    entity(skipped), [.transition(Transition(name: "close", from: ["acknowledged"], to: "closed"))])
                try branch.write(entity(supervised), [.note(Note(text: "同单后续"))])
                branch.close()
                try node.start()
                let neighbour = try node.open("正常工单")
                try province.waitUntilEqual()
                #expect(try province.hub.holds(neighbour))
                for place in [province.hub, node] {
                    try expectRefused(place, supervised, because: "province")
                    try expectRefused(place, skipped, because: "procedure")
                    #expect(try place.status().number("refusedChanges") == 2)
                    #expect(try place.notes(of: supervised) == ["同单后续"])
                    #expect(try place.ticket(supervised)["fields"]?["supervised"]?.boolValue != true)
                    #expect(try place.ticket(skipped).text("state") == "acknowledged")
                }
            }
        }

        private func entity(_ id: String) throws -> EntityID {
            try #require(EntityID(kind: .ticket, text: id))
        }

        private func expectRefused(_ place: TestNode, _ id: String, because word: String) throws {
            let refused = try place.ticket(id).list("refused")
            #expect(refused.count == 1, "\(id) at \(place.folder)")
            #expect(try refused.first?.text("reason").contains(word) == true, "\(refused)")
            #expect(try refused.first?.text("site") == "nx-yinchuan")
            #expect(try refused.first?.text("actor") == "impersonator")
        }
    }
}
