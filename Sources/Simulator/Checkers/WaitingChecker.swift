/// A promise that cannot be exercised yet: it is listed, with what it waits for.
final class WaitingChecker: Checker {
    let number: Int
    let name: String
    let waitsFor: String?
    let isLiveness: Bool
    let tally = Tally()

    init(_ number: Int, _ name: String, isLiveness: Bool = false, waitsFor: String) {
        self.number = number
        self.name = name
        self.isLiveness = isLiveness
        self.waitsFor = waitsFor
    }
}
