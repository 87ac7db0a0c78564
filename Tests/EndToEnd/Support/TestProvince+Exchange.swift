extension TestProvince {
    /// Sends bytes to the hub as a branch would, and takes its answer as it is.
    func exchange(_ lane: String, _ body: [UInt8], credential: String) throws -> WebAnswer {
        let headers = [("Authorization", "Bearer \(credential)"), ("Content-Type", "application/octet-stream")]
        return try hub.client.send("POST", "/exchange/v1/\(lane)", headers: headers, body: body)
    }
}
