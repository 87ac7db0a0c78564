import Standards

/// A small pack of the second format that has one of everything, and what a test makes of it.
enum PackSamples {
    static let name: JSONValue = ["zh": "名", "en": "name"]

    static func named(_ id: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(["id": .string(id), "name": name].merging(more) { _, new in new })
    }

    static func field(_ id: String, _ kind: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        named(id, ["kind": .string(kind)].merging(more) { _, new in new })
    }

    static func limit(
        _ id: String, _ unit: String, _ value: Int64, source: String, _ more: [String: JSONValue] = [:]
    ) -> JSONValue {
        named(
            id,
            [
                "clock": "solution", "types": ["order"], "limit": ["unit": .string(unit), "value": .integer(value)],
                "source": .string(source), "reference": "a text", "confidence": "verified",
            ].merging(more) { _, new in new })
    }

    static func transition(
        _ name: String, _ from: String, _ to: String, _ more: [String: JSONValue] = [:]
    ) -> JSONValue {
        .object(
            [
                "name": .string(name), "label": self.name, "from": [.string(from)], "to": .string(to),
                "roles": ["clerk"],
            ].merging(more) { _, new in new })
    }

    static let members: [String: JSONValue] = [
        "format": 2, "name": name, "version": "1.0", "roles": [named("clerk", ["authority": ["refundFen": 5_000]])],
        "departments": [named("network"), named("quality")],
        "catalogue": [
            "businesses": [named("vpn"), named("rental")],
            "classes": [named("fibre", ["businesses": ["rental"]]), named("pon", ["businesses": ["vpn"]])],
        ],
        "pauseReasons": [named("customer", ["stops": ["solution"]])],
        "steps": [
            named("survey", ["department": "network"]), named("build", ["department": "network", "after": ["survey"]]),
        ],
        "modes": [named("cable", ["steps": ["survey", "build"]])],
        "customerClasses": [named("bank")], "grades": [named("gold"), named("plain")],
        "gradeModel": [
            "background": [["class": "bank", "points": 10]],
            "monthlyFen": [["from": 0, "points": 0], ["from": 1_000, "points": 5]],
            "grades": [["from": 10, "grade": "gold"], ["from": -1_000, "grade": "plain"]],
        ],
        "accessSchemes": [named("dual", ["classes": ["bank"], "accessClasses": ["fibre"], "dualRoute": true])],
        "fieldSets": [
            [
                "id": "order",
                "fields": [
                    field("access", "choice", ["optionsFrom": "accessClasses"]),
                    field("business", "choice", ["optionsFrom": "businesses"]),
                    field("mode", "choice", ["optionsFrom": "modes"]),
                ],
            ]
        ],
        "ticketTypes": [
            named(
                "order",
                [
                    "uses": ["order"], "modeField": "mode", "pauseField": "wait",
                    "fields": [
                        field("wait", "choice", ["optionsFrom": "pauseReasons"]), field("count", "integer"),
                        field("report", "file"),
                    ],
                    "initial": "open",
                    "states": [
                        named("open", ["status": "acknowledged"]), named("waiting", ["status": "held"]),
                        named("done", ["status": "closed", "final": true]),
                    ],
                    "rules": [["guard": "catalogued", "accessClass": "access", "business": "business"]],
                    "transitions": [
                        transition(
                            "finish", "open", "done", ["guards": [["guard": "stepsDone"]], "requires": ["report"]]),
                        transition("hold", "open", "waiting", ["kind": "suspend", "requires": ["wait"]]),
                        transition("go", "waiting", "open", ["kind": "resume", "opens": ["review"]]),
                    ],
                ]),
            named(
                "review",
                [
                    "fields": [], "initial": "open",
                    "review": ["departments": ["network", "quality"], "vetoing": ["quality"]],
                    "states": [
                        named("open", ["status": "acknowledged"]), named("done", ["status": "closed", "final": true]),
                    ],
                    "transitions": [transition("finish", "open", "done", ["guards": [["guard": "reviewPassed"]]])],
                ]),
        ],
        "categories": [named("lines", ["types": ["order"]]), named("slow", ["parent": "lines"])],
        "calendar": [
            "years": [
                ["year": 2026, "source": "a notice", "holidays": ["2026-10-01"], "makeUpWorkdays": ["2026-10-10"]]
            ],
            "shifts": [["from": "08:30", "to": "12:00"], ["from": "14:00", "to": "18:00"]],
        ],
        "limits": [
            limit("law", "naturalDays", 15, source: "regulation"), limit("ours", "naturalDays", 7, source: "province"),
        ],
        "routing": [["categories": ["lines"], "department": "network"]],
        "wordings": [["id": "sorry", "zh": "抱歉", "en": "Sorry", "categories": ["lines"]]],
        "indicators": [named("timely", ["formula": name, "unit": "%"])],
    ]

    static func changed(_ change: (inout [String: JSONValue]) -> Void) -> [UInt8] {
        var members = members
        change(&members)
        return JSONValue.object(members).bytes()
    }

    /// With one member of the type `order` put in place of another.
    static func order(_ key: String, _ value: JSONValue) -> [UInt8] {
        changed { members in
            guard case .array(var types) = members["ticketTypes"], case .object(var order) = types[0] else { return }
            order[key] = value
            types[0] = .object(order)
            members["ticketTypes"] = .array(types)
        }
    }

    static func problems(_ bytes: [UInt8]) -> [String] {
        StandardPack.check(bytes).1.map { "\($0.path) \($0.problem)" }
    }
}
