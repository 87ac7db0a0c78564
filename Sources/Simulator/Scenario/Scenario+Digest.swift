import Hashing

extension Scenario {
    /// What the scenario says, as 16 hexadecimal digits: two files that say the same have the same.
    public var digest: String {
        HexText.text(json.bytes().withUnsafeBytes { SHA256.digest128($0) }.high)
    }
}
