/// Why an end-to-end test cannot go on: what was expected and what came.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
