extension TestProvince {
    /// Sends bytes to the hub as a branch would, and takes its answer as it is; told to wait, it waits and asks again.
    func exchange(_ lane: String, _ body: [UInt8], credential: String) throws -> WebAnswer {
        let headers = [("Authorization", "Bearer \(credential)"), ("Content-Type", "application/octet-stream")]
        var answer: WebAnswer?
        try Moment.wait(for: "the hub to hear the site again") {
            answer = try hub.client.send("POST", "/exchange/v1/\(lane)", headers: headers, body: body)
            return answer?.status != 429
        }
        guard let answer else { throw Failure("no answer") }
        return answer
    }
}
