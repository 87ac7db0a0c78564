import Standards

/// A file of a ticket in one line.
enum AttachmentLine {
    static func line(_ file: JSONValue) -> String {
        "\(JSONText.value(file["hash"]).prefix(12))  \(JSONText.value(file["name"])), "
            + "\(JSONText.value(file["size"])) bytes, \(JSONText.value(file["mediaType"])): \(place(file))"
    }

    static func place(_ file: JSONValue) -> String {
        let isHere = file["here"]?.boolValue ?? false
        let isWanted = file["wanted"]?.boolValue ?? false
        let coming = isWanted ? "; \(JSONText.value(file["bytesHere"])) bytes have come" : ""
        switch file["place"]?.stringValue {
        case "onlyHere": return "only here so far"
        case "onlyAtAuthor": return "not received yet: only where it was attached" + coming
        case "atHub": return isHere ? "here, and nowhere else for certain" : "at the hub" + coming
        case "atTwoPlaces": return isHere ? "here and at another place" : "at the hub and at another place" + coming
        default: return "place unknown"
        }
    }
}
