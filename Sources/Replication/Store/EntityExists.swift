/// Thrown when a row that was taken to be unheard of is there after all: nothing has been written.
struct EntityExists: Error {}

extension EntityRow {
    /// Of an entity of which nothing has been heard.
    init(unheard id: EntityID) {
        self.init(number: 0, id: id, version: 0, sum: .zero, state: EntityState(), isWithdrawn: false)
    }
}
