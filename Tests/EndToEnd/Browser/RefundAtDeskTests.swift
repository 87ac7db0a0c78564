import Standards
import Testing

extension RealProcesses {
    @Suite("Refunds, in a browser", .enabled(if: Browser.driver != nil, "there is no chromedriver here"))
    struct RefundAtDeskTests {
        private func ask(_ charge: String, of ticket: String, at node: TestNode, _ clerk: Browser) throws {
            try clerk.open(node.url + "/tickets/" + ticket, until: ".actions button[title='申请退费']")
            try clerk.click(".actions button[title='申请退费']")
            try Moment.wait(for: "the form") { try clerk.count("dialog[open] [name=charge]") == 1 }
            try clerk.write(charge, into: "dialog [name=charge]")
            try clerk.write("36.00", into: "dialog [name=amountFen]")
            try clerk.write("重复扣费", into: "dialog [name=reason]")
            try clerk.click("dialog button.first")
            try Moment.wait(for: "the request on the page") {
                try clerk.count("dialog[open]") == 0 && clerk.count("#tab-money") == 1
            }
        }

        /// Decides the request of a ticket on the page of decisions.
        private func decide(
            _ number: String, by button: String, _ reason: String, as outcome: String, _ supervisor: Browser
        ) throws {
            let row = "tbody tr:has(a[href='/tickets/\(number)'])"
            try Moment.wait(for: "the request of \(number)") { try supervisor.count(row + " " + button) == 1 }
            #expect(try supervisor.text(row + " td.n") == "¥36.00")
            // The list may be drawn anew just then.
            try Moment.wait(for: "the form") {
                if try supervisor.count("dialog[open]") == 0 { try supervisor.click(row + " " + button) }
                return try supervisor.count("dialog[open] [name=reason]") == 1
            }
            try supervisor.write(reason, into: "dialog [name=reason]")
            try supervisor.click("dialog button.first")
            try Moment.wait(for: "\(number) to be decided") {
                try supervisor.count("dialog[open]") == 0 && supervisor.text(row + " .tag") == outcome
            }
            #expect(try supervisor.text(row)?.contains(reason) == true)
            #expect(try supervisor.count(row + " button") == 0)
        }

        private func see(_ outcome: String, _ reason: String, of ticket: String, at node: TestNode, _ clerk: Browser)
            throws
        {
            try clerk.open(node.url + "/tickets/" + ticket, until: "#tab-money")
            try clerk.click("#tab-money")
            try Moment.wait(for: "\(outcome) at the branch") {
                try clerk.text("#panel .tag") == outcome && clerk.text("#panel")?.contains(reason) == true
            }
        }

        @Test("asked for at a branch, one is granted and another refused at the hub, and the branch sees both and why")
        func decided() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let (hub, branch) = (province.hub, try province.branch("yinchuan"))
                let (granted, refused) = (try branch.open("话费多扣二十元"), try branch.open("停机保号仍扣费"))
                try Browser.with(province, at: branch, "/") { clerk in
                    for (ticket, charge) in [(granted, "CHG-1"), (refused, "CHG-2")] {
                        try ask(charge, of: ticket, at: branch, clerk)
                    }
                    try Moment.wait(for: "both at the hub") {
                        try hub.get("/api/decisions?state=open").list("decisions").count == 2
                    }
                    try Browser.with(province, at: hub, "/decisions", as: "周敏") { supervisor in
                        let numbers = try [granted, refused].map { try branch.ticket($0).text("number") }
                        try decide(numbers[0], by: "button.first", "核实无误", as: "已批准", supervisor)
                        try decide(numbers[1], by: "button:not(.first)", "合约期内", as: "已驳回", supervisor)
                    }
                    try see("已批准", "核实无误", of: granted, at: branch, clerk)
                    try see("已驳回", "合约期内", of: refused, at: branch, clerk)
                }
            }
        }
    }
}
