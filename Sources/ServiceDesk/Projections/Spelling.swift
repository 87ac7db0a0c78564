extension String {
    /// Byte for byte, as SQLite compares: two spellings of one letter are equal to Swift, and are two texts in a table.
    func isSpelled(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
