import Replication
import Standards

/// Something that an administrator should know of.
enum IncidentView {
    static func json(_ incident: Incident, _ wording: Wording) -> JSONValue {
        [
            "number": .integer(incident.number), "at": wording.time(incident.time), "kind": .string(incident.kind),
            "site": .string(incident.site.text), "text": .string(incident.text),
        ]
    }
}
