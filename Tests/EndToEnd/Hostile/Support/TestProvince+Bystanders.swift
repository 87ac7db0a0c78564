import Testing

extension TestProvince {
    /// The honest are served, whatever else goes on: a clerk at a branch takes a ticket, it reaches the hub, and the
    /// hub's own people work on it.
    func expectServed(_ subject: String) throws {
        let branch = try branch("yinchuan")
        let id = try branch.open(subject)
        #expect(try branch.holds(id))
        try Moment.wait(for: "\(subject): the ticket to reach the hub", seconds: 60) { try hub.holds(id) }
        try hub.note(id, "省中心已阅")
        try Moment.wait(for: "\(subject): the hub's note to reach the branch", seconds: 60) {
            try branch.notes(of: id) == ["省中心已阅"]
        }
    }

    /// The hub has as many descriptors as before, but for a few, once those who attacked it have gone.
    func expectDescriptorsBack(_ before: Int) throws {
        let figures = try hub.figures()
        try Moment.wait(for: "the hub's descriptors to be closed", seconds: 60) {
            try figures.descriptors() <= before + 16
        }
    }
}
