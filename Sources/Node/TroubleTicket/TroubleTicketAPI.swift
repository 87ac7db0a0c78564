import HTTP

/// The integration API of the TM Forum (TMF621), for other systems of the operator.
public struct TroubleTicketAPI: Sendable {
    private let site: Site

    public init(site: Site) { self.site = site }

    public func routes() -> [Route] {
        let door = TroubleTicketDoor(gate: Gate(site: site))
        return TroubleTicketRoutes(door: door).routes + SpecificationRoutes(door: door).routes
            + HubRoutes(door: door).routes
    }
}
