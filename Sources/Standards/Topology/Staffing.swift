/// How many people work at a site.
public struct Staffing: Hashable, Sendable {
    /// The most people of one kind at one site.
    public static let limit = 10_000

    public let clerks: Int
    public let technicians: Int

    public init(clerks: Int, technicians: Int) {
        self.clerks = clerks
        self.technicians = technicians
    }

    init?(reading reader: JSONReader) {
        let clerks = reader.integer("clerks", in: 0...Self.limit)
        let technicians = reader.integer("technicians", in: 0...Self.limit)
        guard let clerks, let technicians else { return nil }
        self.init(clerks: clerks, technicians: technicians)
    }
}
