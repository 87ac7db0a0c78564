/// Whoever carries notices to customers: honours its keys, and keeps a book of them that no crash of the hub touches.
final class NoticeGateway {
    /// Told of every message that it takes, when it does: the change that took the step.
    var observe: ((Journal.Key) -> Void)?
    private var keys: Set<String> = []

    /// A key that it has had is no message.
    func take(_ change: Journal.Key, key: String) {
        if keys.insert(key).inserted { observe?(change) }
    }
}
