import Replication
import ServiceDesk
import Testing

/// People are protected before a change is written: who was shown something older is told both values (HTTP 412).
struct StaleFormTests {
    private func changed<T>(_ body: () throws -> T) throws -> [ChangedSince.Item] {
        do {
            _ = try body()
        } catch let stale as StaleForm {
            return stale.changed.items
        }
        return []
    }

    @Test("a field that a colleague has changed since is not overwritten, and both values are shown")
    func field() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let shown = try province.version(of: ticket, at: province.yinchuan)
        try province.act(.assign(["subject": .text("theirs")]), on: ticket, at: province.yinchuan, shown: shown)
        let changes = try province.yinchuan.store.life().chain.number
        let items = try changed {
            try province.act(.assign(["subject": .text("mine")]), on: ticket, at: province.yinchuan, shown: shown)
        }
        #expect(items.map(\.subject) == [.field(TicketField.subject)])
        #expect(items.map(\.shown) == [.text("Broadband is slow")])
        #expect(items.map(\.current) == [.text("theirs")])
        #expect(items.map(\.wanted) == [.text("mine")])
        #expect(try province.yinchuan.store.life().chain.number == changes)
        // What nobody has touched may be changed all the same.
        try province.act(.assign(["area": .text("West")]), on: ticket, at: province.yinchuan, shown: shown)
    }

    @Test("a step is not taken from a state that the person was not shown, even where it could not be taken any more")
    func stage() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        let shown = try province.version(of: ticket, at: province.yinchuan)
        try province.act(.transition("accept", fields: [:]), on: ticket, at: province.yinchuan)
        for step in ["accept", "cancel"] {
            let items = try changed {
                try province.act(
                    .transition(step, fields: ["cancelReason": .text("x")]), on: ticket, at: province.yinchuan,
                    shown: shown)
            }
            #expect(items.map(\.subject) == [.stage])
            #expect(items.map(\.shown) == [.text("acknowledged")])
            #expect(items.map(\.current) == [.text("inProgress")])
        }
        #expect(try province.stage(of: ticket, at: province.yinchuan) == "inProgress")
    }

    @Test("what the exchange has brought since counts as much as a colleague's work")
    func remote() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let shown = try province.version(of: ticket, at: province.yinchuan)
        try province.act(.assign(["subject": .text("the hub's")]), on: ticket, at: province.hub)
        try province.converge()
        let items = try changed {
            try province.act(.assign(["subject": .text("mine")]), on: ticket, at: province.yinchuan, shown: shown)
        }
        #expect(items.map(\.current) == [.text("the hub's")])
        let offer = try province.version(of: ticket, at: province.yinchuan)
        try province.act(.offerTransfer(province.guyuan.id), on: ticket, at: province.hub)
        try province.converge()
        let offers = try changed {
            try province.act(.offerTransfer(province.wuzhong.id), on: ticket, at: province.yinchuan, shown: offer)
        }
        #expect(offers.map(\.subject) == [.field(TicketField.transferTo)])
    }

    @Test("a version from another node counts as changed, and the present one as not")
    func versions() throws {
        let province = try DeskProvince()
        let ticket = try province.open(at: province.yinchuan)
        try province.converge()
        let foreign = try province.version(of: ticket, at: province.hub)
        let items = try changed {
            try province.act(.assign(["subject": .text("mine")]), on: ticket, at: province.yinchuan, shown: foreign)
        }
        #expect(items.count == 1)
        let shown = try province.version(of: ticket, at: province.yinchuan)
        try province.act(.assign(["subject": .text("mine")]), on: ticket, at: province.yinchuan, shown: shown)
        #expect(try province.value(TicketField.subject, of: ticket, at: province.yinchuan) == .text("mine"))
    }
}
