import Replication
import SQLite

/// A circuit as the desk's table has it: enough to find it by its number and by its customer.
struct CircuitRow: Equatable {
    let number: String
    let customer: [UInt8]?
    let isRetired: Bool

    /// - Returns: nil for what is not named by its number, which no hub admits.
    init?(_ row: EntityRow) {
        guard let number = row.state[CircuitField.number].textValue, CircuitBook.name(of: number) == row.id else {
            return nil
        }
        self.number = number
        customer = row.state[CircuitField.customer].bytesValue
        isRetired = row.state[CircuitField.isRetired] == .bool(true)
    }

    private init(_ row: Row) {
        number = row.text(0)
        customer = row.blobOrNil(1)
        isRetired = row.bool(2)
    }

    static func stored(_ entity: Int64, in database: Database) throws -> CircuitRow? {
        try database.first("SELECT number, customer, is_retired FROM circuit WHERE entity = ?", entity, map: Self.init)
    }

    static func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        guard isVisible, let circuit = CircuitRow(row) else {
            try database.run("DELETE FROM circuit WHERE entity = ?", row.number)
            return
        }
        if try stored(row.number, in: database) == circuit { return }
        try database.run("INSERT OR REPLACE INTO circuit VALUES (?, ?, ?, ?)") { parameters in
            parameters.add(row.number)
            parameters.add(circuit.number)
            parameters.add(circuit.customer)
            parameters.add(circuit.isRetired)
        }
    }
}
