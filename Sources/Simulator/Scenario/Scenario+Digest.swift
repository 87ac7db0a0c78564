import Hashing

extension Scenario {
    /// What the scenario says, as 16 hexadecimal digits: two files that say the same have the same.
    public var digest: String {
        SHA256.hash(json.bytes()).prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
