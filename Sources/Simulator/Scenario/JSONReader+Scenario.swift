import Standards

extension JSONReader {
    /// A whole number, written as one: `3.0` and `3e2` are refused, as a scenario holds no others.
    func whole(_ key: String, in range: ClosedRange<Int64>, _ presence: Presence = .required) -> Int64? {
        guard let value = value(key, presence) else { return nil }
        guard case .integer(let number) = value else {
            report(key, "must be a whole number, but is \(value.kindName)", "write it in digits, without a point")
            return nil
        }
        guard range.contains(number) else {
            report(
                key, "must lie between \(range.lowerBound) and \(range.upperBound), but is \(number)",
                "correct the value")
            return nil
        }
        return number
    }

    /// A span of time, such as `3d9h`.
    func duration(
        _ key: String, in range: ClosedRange<VirtualTime>, _ presence: Presence = .required
    ) -> VirtualTime? {
        guard let value = value(key, presence) else { return nil }
        guard case .string(let text) = value else {
            report(key, "must be a text, but is \(value.kindName)", "write a duration such as \"3d9h\" or \"90s\"")
            return nil
        }
        guard let time = DurationText.parse(text) else {
            let problem = text.hasPrefix("-") ? "is negative" : "is not a duration"
            report(
                key, "\(Standards.Finding.quote(text)) \(problem)",
                "write one such as \"14d\", \"3d9h\", \"18h\" or \"90s\"")
            return nil
        }
        guard range.contains(time) else {
            let limits = "\(DurationText.text(range.lowerBound)) and \(DurationText.text(range.upperBound))"
            report(key, "must lie between \(limits), but is \(Standards.Finding.quote(text))", "correct the value")
            return nil
        }
        return time
    }

    /// An instant with its zone, in milliseconds since 1970.
    func instant(_ key: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let value = value(key, .required) else { return nil }
        guard let text = value.stringValue, let instant = InstantText.milliseconds(text) else {
            report(key, "is not an instant", "write it with its zone, such as \"\(InstantText.example)\"")
            return nil
        }
        guard range.contains(instant) else {
            let limits = "\(InstantText.utc(range.lowerBound)) and \(InstantText.utc(range.upperBound))"
            report(key, "must lie between \(limits)", "correct the value")
            return nil
        }
        return instant
    }

    /// A seed: `"0x5eed"`, or a whole number that is not negative.
    func seed(_ key: String) -> UInt64? {
        guard let value = value(key, .required) else { return nil }
        let seed: UInt64? =
            switch value {
            case .string(let text): SeedText.parse(text)
            case .integer(let number): UInt64(exactly: number)
            default: nil
            }
        if seed == nil {
            report(key, "is not a seed", "write a text such as \"0x5eed\", or a whole number that is not negative")
        }
        return seed
    }

    /// A file's path.
    func path(_ key: String, _ presence: Presence = .required) -> String? {
        text(key, .line(ScenarioLimits.charactersInPath), presence)
    }

    /// The identifiers of sites, none of them twice; none at all when the key is not there.
    func sites(_ key: String) -> [String] {
        texts(key, .line(ScenarioLimits.charactersInName), count: 1...ScenarioLimits.sites, .optional)
    }

    /// The numbers of an object of settings; what is left out stays as it usually is.
    func numbers<Settings: NumberedSettings>(of type: Settings.Type) -> Settings {
        var settings = Settings()
        for field in Settings.numbers {
            if let number = whole(field.key, in: field.range, .optional) { field.set(&settings, number) }
        }
        return settings
    }
}
