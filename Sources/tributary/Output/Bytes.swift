/// Sizes in a line for people.
enum Bytes {
    /// A size with the unit that gives it one to four digits: `512 B`, `1.4 KiB`, `31 MiB`.
    static func text(_ bytes: Int) -> String {
        var (amount, unit) = (Double(bytes.magnitude), "B")
        for larger in ["KiB", "MiB", "GiB", "TiB"] where amount >= 1_024 {
            amount /= 1_024
            unit = larger
        }
        let sign = bytes < 0 ? "-" : ""
        guard unit != "B", amount < 10 else { return "\(sign)\(Int(amount.rounded())) \(unit)" }
        let tenths = Int((amount * 10).rounded())
        return "\(sign)\(tenths / 10).\(tenths % 10) \(unit)"
    }
}
