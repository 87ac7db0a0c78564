import Testing

@testable import tributary

/// What Ctrl-C means, and when.
@Suite struct InterruptionTests {
    @Test("during the story it is an interruption, while the province stays up the usual end")
    func codes() {
        #expect(Interruption().take() == .interrupted)
        let staying = Interruption()
        staying.expect()
        #expect(!staying.isTaken)
        #expect(staying.take() == .done)
    }

    @Test("a second one is left to the first, and staying does not undo one")
    func second() {
        let interruption = Interruption()
        #expect(interruption.take() == .interrupted)
        interruption.expect()
        #expect(interruption.isTaken)
        #expect(interruption.take() == nil)
    }
}
