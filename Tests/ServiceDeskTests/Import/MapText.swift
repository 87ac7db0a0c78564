import ServiceDesk
import Testing

extension ImportMap {
    /// A map of complaints with the members that a test is about.
    static func made(fields: String = #"{"subject": {"column": "Title"}}"#, _ more: String = "") throws -> ImportMap {
        let text = """
            {"format": 1, "source": "desk", "key": {"column": "No"}, "type": {"constant": "complaint"},
             "home": {"constant": "nx-yinchuan"}, "fields": \(fields)\(more.isEmpty ? "" : ", " + more)}
            """
        let (map, findings) = check(Array(text.utf8), zones: SharedData.zones)
        try #require(findings == [])
        return try #require(map)
    }
}

extension ImportRun {
    init(_ csv: String, _ map: ImportMap) throws { try self.init(Array(csv.utf8), map: map) }
}
