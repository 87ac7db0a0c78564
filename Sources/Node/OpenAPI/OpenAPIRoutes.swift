import HTTP
import Standards

/// `/openapi.json`: every route that people and systems call, as OpenAPI 3.1. What branches exchange with their hub is
/// no part of it.
public struct OpenAPIRoutes: Sendable {
    private let site: Site

    public init(site: Site) { self.site = site }

    public func routes() -> [Route] {
        let document = Self.document
        return [
            Gate(site: site).get("/openapi.json", for: .integrationReading) { call in
                _ = try QueryReader(call.request, [])
                return Answers.json(document)
            }
        ]
    }

    private static var document: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        let desk = DeskOperations.all + KnowledgeOperations.all
        for operation in desk + SiteOperations.all + AccessOperations.all + TroubleTicketOperations.all {
            paths[operation.path, default: [:]][operation.method.name.lowercased()] = operation.json
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Tributary", "version": .string(Software.version),
                "description": "A service desk for a province, at one of its nodes.",
            ],
            "security": [["token": []]], "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": Schemas.problem, "Fault": Schemas.fault],
            ],
        ]
    }
}
