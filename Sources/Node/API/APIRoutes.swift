import HTTP

/// Everything that a node answers under `/api`, and the two questions of whoever watches it.
public struct APIRoutes {
    private let site: Site
    private let status: @Sendable () -> ExchangeReport

    /// - Parameter status: what the exchange has to tell at the moment; called on any thread, must return at once.
    public init(site: Site, status: @escaping @Sendable () -> ExchangeReport) {
        self.site = site
        self.status = status
    }

    public func routes() -> [Route] {
        let gate = Gate(site: site)
        return TicketRoutes(gate: gate).routes + ImportRoutes(gate: gate).routes + ConflictRoutes(gate: gate).routes
            + RefusalRoutes(gate: gate).routes
            + DecisionRoutes(gate: gate).routes + SiteRoutes(gate: gate).routes + StandardRoutes(gate: gate).routes
            + StatusRoutes(gate: gate, report: status).routes + VerifyRoutes(gate: gate).routes
    }
}
