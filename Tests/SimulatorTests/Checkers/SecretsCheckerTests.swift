import Testing

@testable import Simulator

struct SecretsCheckerTests {
    @Test(
        "A name or a telephone of the people is seen in any text",
        arguments: [
            "a ticket for canary-7f3a 17", "canary-7f3a", "call 13912345678", "\"13912345678\"",
            "no phone,13987654321.",
        ])
    func aNameOrA(line: String) {
        #expect(SecretsChecker.isTelling(line))
    }

    @Test(
        "Times, origins and numbers of other lengths are nobody's telephone",
        arguments: [
            "", "canary-7f3", "hello failed: The hub does not answer (no answer in time).",
            "request 1391234567", "at 1391234567890", "origin 13912345678abcde", "change ab13912345678",
        ])
    func timesOriginsAndNumbers(line: String) {
        #expect(!SecretsChecker.isTelling(line))
    }
}
