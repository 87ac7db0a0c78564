import Testing

@testable import Simulator

struct MessageDiagramTests {
    private typealias Message = MessageDiagram.Message
    private let sites = OutcomeFixture.sites.prefix(3).map { (id: $0.id, name: Words(zh: $0.zh, en: $0.en)) }

    private func diagram(_ messages: [MessageDiagram.Message], _ events: [MessageDiagram.Event] = []) -> String {
        String(
            decoding: MessageDiagram(title: "ticket <1>", sites: sites, messages: messages, events: events).svg,
            as: UTF8.self)
    }

    private var push: MessageDiagram.Message {
        Message(
            sent: .hours(1), arrived: .hours(1) + .milliseconds(40), from: "xj-akesu", to: "xj-hub",
            words: "push & \"go\"")
    }

    @Test("A diagram is a well-formed SVG that names nothing outside but its namespace")
    func aDiagramIsA() {
        let svg = diagram([push], [MessageDiagram.Event(at: .hours(2), site: "xj-hub", words: "<admitted>")])
        #expect(MarkupChecker.check(Array(svg.utf8)).fault == nil)
        #expect(svg.components("http").count == 2 && svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
        #expect(svg.contains("push &amp; &quot;go&quot;") && svg.contains("&lt;admitted&gt;"))
        #expect(svg == diagram([push], [MessageDiagram.Event(at: .hours(2), site: "xj-hub", words: "<admitted>")]))
    }

    @Test("A lost message is dashed and ends in a cross, one that came in an arrowhead")
    func aLostMessageIs() {
        var lost = push
        lost.isLost = true
        var never = push
        never.arrived = nil
        #expect(!diagram([push]).contains("4 3") && diagram([push]).components("Z\"").count == 2)
        for message in [lost, never] {
            let svg = diagram([message])
            #expect(svg.components("#98201a").count == 3 && svg.contains("4 3") && svg.components("Z\"").count == 1)
        }
    }

    @Test("A longer delay slants more, however long the silence before it")
    func aLongerDelaySlants() {
        let slow = Message(
            sent: .days(3), arrived: .days(3) + .seconds(9), from: "xj-akesu", to: "xj-hub", words: "slow")
        let drawing = diagram([push, slow])
        // The first lines after the lifelines' are the arrows: `M x y L x y`.
        let arrows = drawing.components("d=\"M").filter { $0.contains("#1b2530\" stroke-width=\"1.1\"") }
        let falls = arrows.compactMap { arrow -> Double? in
            let numbers = arrow.prefix { $0 != "\"" }.split { " LM".contains($0) }.compactMap { Double($0) }
            return numbers.count == 4 ? numbers[3] - numbers[1] : nil
        }
        #expect(falls.count == 2 && falls[0] > 0 && falls[1] > falls[0])
    }

    @Test("Of a trace without end the beginning is drawn and the rest counted")
    func ofATraceWithout() {
        let messages = (0..<500).map { index in
            Message(
                sent: .seconds(index), arrived: .seconds(index) + .milliseconds(5), from: "xj-akesu", to: "xj-hub",
                words: "\(index)")
        }
        #expect(diagram(messages).contains("… 100"))
        #expect(!diagram(Array(messages.prefix(400))).contains("… "))
    }

    @Test("Messages of sites that have no lifeline are left out")
    func messagesOfSitesThat() {
        let foreign = Message(sent: .zero, arrived: nil, from: "nobody", to: "xj-hub", words: "ghost")
        #expect(!diagram([foreign]).contains("ghost"))
    }
}
