import Foundation

/// What a password may be. Length is what counts; what it is made of is nobody's business.
public enum PasswordRule {
    /// As it is hashed: composed in one way, whatever the keyboard sent.
    public static func normal(_ password: String) -> String { password.precomposedStringWithCanonicalMapping }

    /// - Returns: what is wrong with it, after the word "password"; nil when it may be one.
    public static func problem(_ password: String, name: String) -> String? {
        let (password, limits) = (normal(password), AccessLimits.passwordBytes)
        if password.utf8.count < limits.lowerBound {
            return "is shorter than \(limits.lowerBound) bytes; a few words in a row are good and easy to keep"
        }
        if password.utf8.count > limits.upperBound { return "is longer than \(limits.upperBound) bytes" }
        if password.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "holds a control character" }
        if password.lowercased() == normal(name).lowercased() { return "is the name" }
        if Set(password.unicodeScalars).count < 3 { return "is made of fewer than three different characters" }
        return nil
    }
}
