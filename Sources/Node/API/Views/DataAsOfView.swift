import Replication
import Standards

/// Up to when the figures beside it are complete.
enum DataAsOfView {
    static func json(_ wording: Wording) throws -> JSONValue {
        let data = try wording.store.dataAsOf()
        return [
            "time": wording.time(data.time),
            "sites": .array(data.parts.map { ["site": .string($0.site.text), "time": wording.time($0.time)] }),
        ]
    }
}
