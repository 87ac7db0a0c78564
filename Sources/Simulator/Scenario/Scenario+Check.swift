import Standards

extension Scenario {
    /// Reads a scenario file and lists everything that is wrong with it, as far as can be known without its topology:
    /// ``check(against:)`` finds the rest.
    ///
    /// - Parameter bytes: the file, UTF-8 JSON of at most ``ScenarioLimits/bytes``.
    /// - Returns: the scenario and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8]) -> (Scenario?, [Standards.Finding]) {
        JSONReader.check(bytes, sizeLimit: ScenarioLimits.bytes) { reader in
            reader.format(format)
            let name = reader.text("name", .line(ScenarioLimits.charactersInName))
            let asks = reader.text("asks", .line(ScenarioLimits.charactersInQuestion))
            let topology = reader.path("topology")
            let seed = reader.seed("seed")
            let starts = reader.instant("starts", in: ScenarioLimits.starts)
            let lasts = reader.duration("lasts", in: ScenarioLimits.lasts)
            var scenario = Scenario(
                name: name ?? "", asks: asks ?? "", topology: topology ?? "", seed: seed ?? 0, starts: starts ?? 0,
                lasts: lasts ?? ScenarioLimits.lasts.upperBound)
            scenario.branches = reader.sites("branches")
            scenario.standby = reader.text("standby", .line(ScenarioLimits.charactersInName), .optional)
            scenario.standard = reader.path("standard", .optional)
            scenario.readSettings(reader)
            scenario.readFaults(reader)
            // Without its own length nothing can be said of what is too late.
            if reader.log.isEmpty { scenario.checkAlone(reader.log) }
            return scenario
        }
    }

    private mutating func readSettings(_ reader: JSONReader) {
        workload = reader.object("workload", .optional, read: WorkloadSettings.init(reading:)) ?? workload
        exchange = reader.object("exchange", .optional) { $0.numbers(of: ExchangeSettings.self) } ?? exchange
        hub = reader.object("hub", .optional, read: HubSettings.init(reading:)) ?? hub
        storage = reader.choice("storage", of: StorageTier.self, .optional) ?? storage
        then = reader.object("then", .optional, read: Healing.init(reading:)) ?? then
        expect = reader.object("expect", .optional) { $0.numbers(of: Expectations.self) } ?? expect
        plantedBug = reader.choice("plantedBug", of: PlantedBug.self, .optional)
    }

    private mutating func readFaults(_ reader: JSONReader) {
        let entries = reader.objects("faults", count: 0...ScenarioLimits.faults, .optional, read: FaultEntry.read)
        for entry in entries {
            switch entry {
            case .fault(let fault): faults.append(fault)
            case .swarm(var settings):
                if swarm != nil {
                    reader.report("faults", "holds two entries of the kind \"swarm\"", "keep one of them")
                }
                settings.place = faults.count
                swarm = settings
            }
        }
        if swarm?.place == faults.count { swarm?.place = nil }
    }
}

extension WorkloadSettings {
    fileprivate init(reading reader: JSONReader) {
        let profile = reader.choice("profile", of: Profile.self, .optional)
        self = reader.numbers(of: WorkloadSettings.self)
        if let profile { self.profile = profile }
    }
}

extension HubSettings {
    fileprivate init(reading reader: JSONReader) {
        let calibration = reader.path("calibration", .optional)
        self = reader.numbers(of: HubSettings.self)
        self.calibration = calibration
    }
}

extension Healing {
    fileprivate init(reading reader: JSONReader) {
        self.init()
        heal = reader.choice("heal", of: Extent.self, .optional) ?? heal
        sites = reader.sites("sites")
        within = reader.duration("within", in: ScenarioLimits.faultLasts, .optional)
    }
}
