import HTTP

/// Everything that a node answers under `/api`, and the two questions of whoever watches it.
public struct APIRoutes: Sendable {
    private let site: Site
    private let status: @Sendable () -> ExchangeReport
    private let streams: EventStreams

    /// - Parameter status: what the exchange has to tell at the moment; called on any thread, must return at once.
    public init(
        site: Site, events limits: EventLimits = EventLimits(), status: @escaping @Sendable () -> ExchangeReport
    ) {
        self.site = site
        self.status = status
        streams = EventStreams(site: site, limits: limits)
    }

    /// Ends what would last for ever: streams of events. To be called before the server is shut down.
    public func close() { streams.close() }

    public func routes() -> [Route] {
        let gate = Gate(site: site)
        return TicketRoutes(gate: gate).routes + ImportRoutes(gate: gate).routes + ConflictRoutes(gate: gate).routes
            + RefusalRoutes(gate: gate).routes + AttachmentRoutes(gate: gate).routes + UploadRoutes(gate: gate).routes
            + IncidentRoutes(gate: gate).routes + BackupRoutes(gate: gate).routes
            + NoticeRoutes(gate: gate).routes + DecisionRoutes(gate: gate).routes + SiteRoutes(gate: gate).routes
            + StandardRoutes(gate: gate).routes
            + StatusRoutes(gate: gate, report: status).routes + VerifyRoutes(gate: gate).routes
            + ClockRoutes(gate: gate).routes + OverlayRoutes(gate: gate).routes
            + CustomerRoutes(gate: gate).routes + CircuitRoutes(gate: gate).routes
            + AnnouncementRoutes(gate: gate).routes
            + ArticleRoutes(gate: gate).routes + ContributionRoutes(gate: gate).routes
            + DueRoutes(gate: gate).routes + BoardRoutes(gate: gate).routes + FigureRoutes(gate: gate).routes
            + StaffRoutes(gate: gate).routes + AllowanceRoutes(gate: gate).routes
            + SessionRoutes(gate: gate).routes + WelcomeRoutes(gate: gate).routes
            + ProgressRoutes(gate: gate).routes
            + AccountRoutes(gate: gate).routes + TokenRoutes(gate: gate).routes
            + ExportRoutes(gate: gate).routes + EventRoutes(gate: gate, streams: streams).routes
    }
}
