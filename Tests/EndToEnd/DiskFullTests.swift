import Standards
import Testing

extension RealProcesses {
    @Suite("A full disk")
    struct DiskFullTests {
        @Test(
            "a node whose disk is full reads on and says why it writes no more; nothing acknowledged is lost",
            .enabled(if: SmallDisk.isAllowed, "mounting is not allowed here"))
        func branch() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let disk = try SmallDisk(megabytes: 16)
                try province.waitUntilLevel()
                let first = try province.branch("yinchuan")
                try first.stop()
                try Scratch.copy(first.folder, to: disk.path + "/yinchuan")
                let branch = province.adopt(TestNode(.branch, folder: disk.path + "/yinchuan"))
                try branch.start()
                try province.cut("yinchuan")
                try disk.fill(leaving: 600_000)
                let (taken, refusal) = try takeUntilRefused(branch)
                #expect(refusal.status == 503)
                #expect(refusal.headers["content-type"]?.hasPrefix("application/problem+json") == true)
                #expect(refusal.detail.contains("full") || refusal.detail.contains("room"), "\(refusal.detail)")
                try expectReadOnly(branch, taken)
                try disk.makeRoom()
                #expect(try branch.stop().code == 0)
                try branch.start()
                try expectAll(taken, at: branch)
                try branch.open("恢复之后")
                #expect(try branch.status().text("mode") == "writing")
                try province.heal("yinchuan")
                try Moment.wait(for: "the hub to have them all") { try province.hub.tickets().count == taken.count + 1 }
                try expectAll(taken, at: province.hub)
                #expect(try branch.get("/api/verify")["clean"] == true)
                branch.end()
            }
        }

        private func takeUntilRefused(_ branch: TestNode) throws -> (taken: [String], refusal: WebAnswer) {
            let long = String(repeating: "占用空间。", count: 800)
            var taken: [String] = []
            for number in 1...400 {
                let body: JSONValue = [
                    "type": "complaint",
                    "fields": ["subject": .string("磁盘将满 \(number)"), "description": .string(long)],
                ]
                let answer = try branch.call("POST", "/api/tickets", body, key: "full-\(number)")
                guard answer.status == 201 else { return (taken, answer) }
                taken.append(try answer.json.text("ticket", "id"))
            }
            throw Failure("the disk never became full")
        }

        private func expectReadOnly(_ branch: TestNode, _ taken: [String]) throws {
            let status = try branch.status()
            #expect(try status.text("mode") == "readOnly")
            #expect(try !status.text("modeReason").isEmpty)
            try expectAll(taken, at: branch)
            #expect(try branch.call("GET", "/healthz").status == 200)
            let ready = try branch.call("GET", "/readyz")
            #expect(ready.status == 503)
            #expect(try !ready.json.list("reasons").isEmpty)
            let again = try branch.call(
                "POST", "/api/tickets", ["type": "complaint", "fields": ["subject": "仍然满"]])
            #expect(again.status == 503)
        }

        private func expectAll(_ taken: [String], at place: TestNode) throws {
            for id in taken { #expect(try place.holds(id), "\(id) at \(place.folder)") }
        }
    }
}
