import Standards

extension Scenario {
    /// The scenario as its file has it, every setting written out, so that it means the same when what is usual has
    /// changed. Reading it gives an equal scenario, if its times are whole seconds.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "format": .integer(Int64(Self.format)), "name": .string(name), "asks": .string(asks),
            "topology": .string(topology), "seed": .string(SeedText.text(seed)),
            "starts": .string(InstantText.utc(starts)), "lasts": .string(DurationText.text(lasts)),
            "workload": workload.json, "exchange": exchange.json, "hub": hub.json, "storage": .string(storage.rawValue),
            "then": then.json, "expect": expect.json, "faults": faultsJSON,
        ]
        if !branches.isEmpty { members["branches"] = .texts(branches) }
        if let standby { members["standby"] = .string(standby) }
        if let standard { members["standard"] = .string(standard) }
        if let plantedBug { members["plantedBug"] = .string(plantedBug.rawValue) }
        return .object(members)
    }

    /// The file's bytes: the same ones for equal scenarios.
    public var fileBytes: [UInt8] { json.bytes(pretty: true) + [UInt8(ascii: "\n")] }

    private var faultsJSON: JSONValue {
        var entries = faults.map(\.json)
        if let swarm { entries.insert(swarm.json, at: min(swarm.place ?? entries.count, entries.count)) }
        return .array(entries)
    }
}

extension ScheduledFault {
    fileprivate var json: JSONValue {
        var members = numbers.mapValues { JSONValue.integer($0) }
        members["kind"] = .string(kind.rawValue)
        members["at"] = .string(DurationText.text(at))
        if let lasts { members["lasts"] = .string(DurationText.text(lasts)) }
        if !sites.isEmpty { members["sites"] = .texts(sites) }
        if let trace {
            members["trace"] = .string(trace.file)
            if let file = trace.roundTripFile { members["roundTripTrace"] = .string(file) }
            if !trace.columns.isEmpty { members["traceColumns"] = .texts(trace.columns) }
            if trace.from > .zero { members["traceFrom"] = .string(DurationText.text(trace.from)) }
        }
        return .object(members)
    }
}

extension SwarmSettings {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "kind": .string(FaultEntry.swarmWord), "intensity": .string(intensity.rawValue),
        ]
        if !omitting.isEmpty { members["omitting"] = .texts(omitting.map(\.rawValue)) }
        return .object(members)
    }
}

extension NumberedSettings {
    /// The numbers that are not left open.
    fileprivate var members: [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        for field in Self.numbers { members[field.key] = field.get(self).map { .integer($0) } }
        return members
    }
}

extension WorkloadSettings {
    fileprivate var json: JSONValue {
        .object(members.merging(["profile": .string(profile.rawValue)]) { $1 })
    }
}

extension ExchangeSettings {
    fileprivate var json: JSONValue { .object(members) }
}

extension HubSettings {
    fileprivate var json: JSONValue {
        var members = members
        members["calibration"] = calibration.map { .string($0) }
        return .object(members)
    }
}

extension Expectations {
    fileprivate var json: JSONValue { .object(members) }
}

extension Healing {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = ["heal": .string(heal.rawValue)]
        if !sites.isEmpty { members["sites"] = .texts(sites) }
        if let within { members["within"] = .string(DurationText.text(within)) }
        return .object(members)
    }
}

extension JSONValue {
    static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
