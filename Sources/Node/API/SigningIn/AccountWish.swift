/// What an administrator wants of an account; nil for what is to stay.
struct AccountWish: Sendable {
    var access: AccessLevel?
    /// One that its owner must change at once.
    var password: String?
    /// The password goes, and a one-time link sets another.
    var resets = false
    var locked: Bool?
    /// Forgets failures to sign in.
    var forgives = false

    /// Whether who is signed in by it is signed out.
    var endsSessions: Bool { password != nil || resets || locked == true }
}
