import Standards

extension Scenario {
    /// The JSON Schema (draft 2020-12) of scenario files, made from the tables that reading goes by. What only a
    /// province can tell, such as whether a site exists, stands in no schema.
    public static var schema: JSONValue {
        .object([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A rehearsal of a province",
            "description": .string(
                "What `tributary simulate` runs. Durations are texts such as \"3d9h\"; a site is named by its "
                    + "identifier in the topology."),
            "type": "object", "additionalProperties": false,
            "required": ["format", "name", "asks", "topology", "seed", "starts", "lasts"],
            "properties": .object(properties), "$defs": .object(definitions),
        ])
    }

    private static var properties: [String: JSONValue] {
        [
            "format": ["const": .integer(Int64(format)), "description": "The format of this file"],
            "name": SchemaPart.text(ScenarioLimits.charactersInName, "What the rehearsal is called"),
            "asks": SchemaPart.text(ScenarioLimits.charactersInQuestion, "The question that it answers"),
            "topology": SchemaPart.path("The province, relative to the project's folder or to this file's"),
            "branches": SchemaPart.sites("The branches that take part; all when left out"),
            "standby": [
                "type": "string", "pattern": "^[a-z]{2}-[a-z0-9]{2,20}$",
                "description": "The site among them that is the hub's standby; none when left out",
            ],
            "standard": SchemaPart.path(
                "The standard that the province works by, a file or a folder; one of forms and states when left out"),
            "seed": [
                "description": "What all chance is drawn from",
                "oneOf": [
                    ["type": "string", "pattern": "^(0x[0-9a-fA-F]{1,16}|[0-9]{1,20})$"],
                    ["type": "integer", "minimum": 0],
                ],
            ],
            "starts": [
                "type": "string", "format": "date-time", "description": "When it starts, with its zone",
            ],
            "lasts": SchemaPart.duration("After so long the faults that heal cease, and the province becomes level"),
            "workload": WorkloadSettings.schema(
                "What people do",
                [
                    "profile": SchemaPart.choice(
                        WorkloadSettings.Profile.self, "How a day's work is spread over its hours")
                ]
            ),
            "exchange": ExchangeSettings.schema("How branches and hub talk"),
            "hub": HubSettings.schema(
                "How fast the hub is",
                ["calibration": SchemaPart.path("A calibration that `tributary bench --calibration` wrote")]),
            "storage": SchemaPart.choice(StorageTier.self, "What keeps the sites' data"),
            "faults": [
                "type": "array", "maxItems": .integer(Int64(ScenarioLimits.faults)), "description": "What goes wrong",
                "items": ["oneOf": .array(faultSchemas + [swarmSchema])],
            ],
            "then": thenSchema,
            "expect": Expectations.schema("What is expected; missed, the verdict is expectationMissed"),
            "plantedBug": SchemaPart.choice(PlantedBug.self, "A bug that is switched on to see it caught"),
        ]
    }

    private static var definitions: [String: JSONValue] {
        [
            "duration": [
                "type": "string",
                "pattern": "^(?=[0-9])([0-9]+d)?(([0-9]+h)?([0-9]+m)?([0-9]+s)?|[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2})$",
            ],
            "sites": [
                "type": "array", "minItems": 1, "maxItems": .integer(Int64(ScenarioLimits.sites)), "uniqueItems": true,
                "items": ["type": "string", "pattern": "^[a-z]{2}-[a-z0-9]{2,20}$"],
            ],
        ]
    }

    private static var thenSchema: JSONValue {
        SchemaPart.object(
            "What ceases at the end, and by when the province must be level again",
            [
                "heal": SchemaPart.choice(Healing.Extent.self, "Whether all is healed"),
                "sites": SchemaPart.sites("With allBut: the sites that stay broken for ever"),
                "within": SchemaPart.duration(
                    "How long it may take; when left out it is computed from what waits and how fast the links are"),
            ])
    }

    private static var swarmSchema: JSONValue {
        SchemaPart.object(
            "Faults that the run draws for itself from its seed",
            [
                "kind": ["const": .string(FaultEntry.swarmWord)],
                "intensity": SchemaPart.choice(SwarmSettings.Intensity.self, "How much goes wrong"),
                "omitting": [
                    "type": "array", "uniqueItems": true, "description": "Kinds that are not drawn",
                    "items": ["enum": .texts(FaultKind.allCases.map(\.rawValue))],
                ],
            ], required: ["kind"])
    }

    private static var faultSchemas: [JSONValue] {
        FaultKind.allCases.map { kind in
            var properties: [String: JSONValue] = [
                "kind": ["const": .string(kind.rawValue)],
                "at": SchemaPart.duration("When, from the scenario's start"),
                "sites": SchemaPart.sites(
                    kind.isHubOnly ? "The hub, or left out" : "Where; at all branches when left out"),
            ]
            if !kind.isMomentary {
                properties["lasts"] = SchemaPart.duration("For how long; to the scenario's end when left out")
            }
            for parameter in kind.parameters {
                properties[parameter.key] = SchemaPart.whole(
                    parameter.range, "\(parameter.usual) when left out", usual: parameter.usual)
            }
            var required: [JSONValue] = ["kind", "at"]
            if kind == .traced {
                properties.merge(traceProperties) { $1 }
                required.append("trace")
            }
            return SchemaPart.object(kind.meaning, properties, required: required)
        }
    }

    private static var traceProperties: [String: JSONValue] {
        [
            "trace": SchemaPart.path("A CSV file of measured values"),
            "roundTripTrace": SchemaPart.path("A CSV file of round trips, where the first holds loss alone"),
            "traceColumns": [
                "type": "array", "minItems": 1, "maxItems": .integer(Int64(ScenarioLimits.sites)), "uniqueItems": true,
                "items": ["type": "string", "minLength": 1],
                "description": "The columns that stand for the sites, in the order of \"sites\"",
            ],
            "traceFrom": SchemaPart.duration("How much of the trace is passed over"),
        ]
    }
}

extension NumberedSettings {
    fileprivate static func schema(_ description: String, _ others: [String: JSONValue] = [:]) -> JSONValue {
        var properties = others
        let usual = Self()
        for field in numbers {
            properties[field.key] = SchemaPart.whole(field.range, field.meaning, usual: field.get(usual))
        }
        return SchemaPart.object(description, properties)
    }
}

/// Pieces that a schema is made of.
private enum SchemaPart {
    static func object(
        _ description: String, _ properties: [String: JSONValue], required: [JSONValue] = []
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "object", "additionalProperties": false, "description": .string(description),
            "properties": .object(properties),
        ]
        if !required.isEmpty { members["required"] = .array(required) }
        return .object(members)
    }

    static func text(_ limit: Int, _ description: String) -> JSONValue {
        [
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(limit)), "description": .string(description),
        ]
    }

    static func path(_ description: String) -> JSONValue { text(ScenarioLimits.charactersInPath, description) }

    static func whole(_ range: ClosedRange<Int64>, _ description: String, usual: Int64?) -> JSONValue {
        var members: [String: JSONValue] = [
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            "description": .string(description),
        ]
        if let usual { members["default"] = .integer(usual) }
        return .object(members)
    }

    static func duration(_ description: String) -> JSONValue {
        ["$ref": "#/$defs/duration", "description": .string(description)]
    }

    static func sites(_ description: String) -> JSONValue {
        ["$ref": "#/$defs/sites", "description": .string(description)]
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type, _ description: String
    ) -> JSONValue {
        ["enum": .texts(Choice.allCases.map(\.rawValue)), "description": .string(description)]
    }
}
