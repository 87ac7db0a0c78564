/// How a review is decided: which departments are asked, and which may veto (一票否决).
public struct ReviewTemplate: Hashable, Sendable {
    public static let departmentLimit = 30

    /// Each has a vote in every round; a round passes when all of them approve.
    public let departments: [String]
    /// Those of them whose veto ends a round, whatever the others voted.
    public let vetoing: [String]

    public init(departments: [String], vetoing: [String]) {
        self.departments = departments
        self.vetoing = vetoing
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "departments": "The departments that are asked; a round passes when all of them approve",
            "vetoing": "Those of them whose veto ends a round",
        ])
        let departments = reader.texts("departments", .identifier, count: 1...Self.departmentLimit)
        for name in departments { book.resolve(name, .department, "departments", reader) }
        let vetoing = reader.texts("vetoing", .identifier, count: 0...Self.departmentLimit, .optional)
        for name in vetoing where !departments.contains(name) {
            reader.report(
                "vetoing", "names the department \(Finding.quote(name)), which is not asked",
                NearestWord.hint(for: name, among: departments))
        }
        self.init(departments: departments, vetoing: vetoing)
    }
}
