/// Judges what a soak has measured against its limits. A pure function of both.
struct GrowthJudge {
    let sites: [SiteGrowth]
    var limits = GrowthLimits()

    var verdicts: [Verdict] { [memory, descriptors, threads, writeAheadLog, disk, logs] }

    private var memory: Verdict {
        var broken: [String] = []
        var rises: [Double] = []
        var coarsest = 0.0
        for site in sites {
            let peak = site.peak(\.memoryBytes)
            if peak > limits.memoryMax {
                broken.append("\(site.site) had \(Bytes.text(peak)), more than \(Bytes.text(limits.memoryMax))")
            }
            guard let trend = Trend(site.unexplainedMemory(limits)) else { continue }
            rises.append(trend.quarters[3] - trend.quarters[1])
            coarsest = max(coarsest, Double(limits.memoryRise) / trend.secondsBetween)
            if trend.rises(by: Double(limits.memoryRise)) {
                broken.append(
                    "\(site.site) grew by \(Bytes.text(Int(trend.slope * 60))) a minute beyond "
                        + "\(Bytes.text(limits.memoryPerTicket)) a ticket")
            }
        }
        let peak = sites.map { $0.peak(\.memoryBytes) }.max() ?? 0
        let trend =
            rises.isEmpty
            ? "no life was long enough to have a trend"
            : "at \(rises.count) of \(sites.count) sites the trend is known: at most "
                + "\(Bytes.text(Int(rises.max() ?? 0))) beyond the tickets' share, where "
                + "\(Bytes.text(limits.memoryRise)) may be; a leak of \(Bytes.text(Int(coarsest * 60))) a minute "
                + "would show"
        return Verdict(
            "memory", broken: broken,
            held: "at most \(Bytes.text(peak)) of \(Bytes.text(limits.memoryMax)); \(trend)")
    }

    private var descriptors: Verdict {
        var broken: [String] = []
        for site in sites {
            let peak = site.peak(\.descriptors)
            if peak > limits.descriptorsMax {
                broken.append("\(site.site) had \(peak), more than \(limits.descriptorsMax)")
            }
            guard let idle = site.idleDescriptors, let quiet = site.lastQuiet?.descriptors else {
                broken.append("\(site.site) was not seen idle and quiet")
                continue
            }
            if quiet > idle + limits.descriptorsRise {
                broken.append("\(site.site) has \(quiet) when quiet, and had \(idle) before the load")
            }
        }
        let peak = sites.map { $0.peak(\.descriptors) }.max() ?? 0
        let rise = sites.compactMap { site in
            site.idleDescriptors.flatMap { idle in site.lastQuiet.map { $0.descriptors - idle } }
        }.max()
        return Verdict(
            "descriptors", broken: broken,
            held:
                "at most \(peak) of \(limits.descriptorsMax); at the end at most \(max(0, rise ?? 0)) more than idle, "
                + "where \(limits.descriptorsRise) may be")
    }

    private var threads: Verdict {
        bound("threads", \.threads, limits.threadsMax) { "\($0)" }
    }

    private var writeAheadLog: Verdict {
        let peak = bound("wal", \.logAheadBytes, limits.logAheadMax, Bytes.text)
        var broken = peak.holds ? [] : [peak.text]
        for site in sites {
            guard let quiet = site.lastQuiet?.logAheadBytes, quiet > limits.logAheadQuietMax else { continue }
            broken.append(
                "\(site.site) has \(Bytes.text(quiet)) when quiet, more than \(Bytes.text(limits.logAheadQuietMax))")
        }
        let quiet = sites.compactMap { $0.lastQuiet?.logAheadBytes }.max() ?? 0
        return Verdict(
            "wal", broken: broken,
            held: "\(peak.text); when quiet \(Bytes.text(quiet)) of \(Bytes.text(limits.logAheadQuietMax))")
    }

    private var disk: Verdict {
        let costs = sites.compactMap { site in site.diskPerChange(limits).map { (site: site.site, bytes: Int($0)) } }
        let broken = costs.filter { $0.bytes > limits.diskPerChangeMax }.map {
            "\($0.site) takes \(Bytes.text($0.bytes)) a change, more than \(Bytes.text(limits.diskPerChangeMax))"
        }
        let held =
            costs.isEmpty
            ? "not judged: no site has got \(limits.diskChangesMin) changes"
            : "at \(costs.count) of \(sites.count) sites with \(limits.diskChangesMin) changes or more, at most "
                + "\(Bytes.text(costs.map(\.bytes).max() ?? 0)) a change of \(Bytes.text(limits.diskPerChangeMax))"
        return Verdict("disk", broken: broken, held: held)
    }

    private var logs: Verdict {
        var broken: [String] = []
        var most = 0
        for site in sites {
            guard let first = site.first, let last = site.samples.last else { continue }
            // A run of less than a minute is judged like a minute.
            let minutes = max(1, (last.seconds - first.seconds) / 60)
            let cost = Int(Double(last.logBytes - first.logBytes) / minutes)
            most = max(most, cost)
            if cost > limits.logPerMinuteMax {
                broken.append(
                    "\(site.site) logs \(Bytes.text(cost)) a minute, more than \(Bytes.text(limits.logPerMinuteMax))")
            }
            if site.peak(\.sideBytes) > limits.sideMax {
                broken.append("\(site.site)'s side file has \(site.peak(\.sideBytes)) bytes, and holds one number")
            }
        }
        return Verdict(
            "logs", broken: broken,
            held: "at most \(Bytes.text(most)) a minute of \(Bytes.text(limits.logPerMinuteMax)); side files at most "
                + "\(sites.map { $0.peak(\.sideBytes) }.max() ?? 0) bytes")
    }

    private func bound(
        _ name: String, _ value: (GrowthSample) -> Int, _ limit: Int, _ text: (Int) -> String
    ) -> Verdict {
        let broken = sites.filter { $0.peak(value) > limit }.map {
            "\($0.site) had \(text($0.peak(value))), more than \(text(limit))"
        }
        return Verdict(
            name, broken: broken, held: "at most \(text(sites.map { $0.peak(value) }.max() ?? 0)) of \(text(limit))")
    }
}
