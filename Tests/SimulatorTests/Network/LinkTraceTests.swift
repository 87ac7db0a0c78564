import Foundation
import Standards
import Testing

@testable import Simulator

struct LinkTraceTests {
    private static func read(
        _ text: String, sites: [String] = ["nx-guyuan"], roundTrips: String? = nil,
        _ change: (inout TraceSource) -> Void = { _ in }
    ) -> ([String: LinkTrace]?, [Standards.Finding]) {
        var source = TraceSource(file: "trace.csv")
        if roundTrips != nil { source.roundTripFile = "rtt.csv" }
        change(&source)
        return TraceReader.read(
            source, sites: sites, loss: Array(text.utf8), roundTrips: roundTrips.map { Array($0.utf8) },
            path: "/faults/3")
    }

    private static let own = """
        minute,lossPerMille,roundTripMilliseconds\r
        0,1,12\r
        60,1000,\r
        120,,\r
        180,20,14\r
        """

    @Test("Each measurement stands until the next, and where nothing was measured there is none")
    func eachMeasurementStandsUntil() throws {
        let trace = try #require(Self.read(Self.own).0?["nx-guyuan"])
        func loss(_ minute: Int64) -> Int64? { trace.sample(at: .minutes(minute))?.lossPerMille }
        #expect([0, 59, 60, 119].map(loss) == [1, 1, 1_000, 1_000])
        #expect([120, 179, 180, 239, 240].map(loss) == [nil, nil, 20, 20, nil])
        #expect(trace.sample(at: .minutes(60))?.roundTripMilliseconds == nil)
        #expect(trace.sample(at: .minutes(180))?.roundTripMilliseconds == 14)
    }

    @Test("A measurement does not stand for a gap in which rows are missing")
    func aMeasurementDoesNot() throws {
        let trace = try #require(
            Self.read("minute,lossPerMille\n0,1\n5,2\n10,3\n600,4\n").0?["nx-guyuan"])
        #expect(trace.sample(at: .minutes(19))?.lossPerMille == 3)
        #expect(trace.sample(at: .minutes(20)) == nil)
        #expect(trace.sample(at: .minutes(604))?.lossPerMille == 4)
    }

    @Test("What is passed over moves the beginning")
    func whatIsPassedOver() throws {
        let trace = try #require(Self.read(Self.own) { $0.from = .minutes(90) }.0?["nx-guyuan"])
        #expect(trace.sample(at: .zero)?.lossPerMille == 1_000)
        #expect(trace.sample(at: .minutes(30)) == nil)
        #expect(trace.sample(at: .minutes(90))?.lossPerMille == 20)
        #expect(Self.read(Self.own) { $0.from = .minutes(240) }.1.map(\.path) == ["/faults/3/trace"])
    }

    @Test("One file may hold several links")
    func oneFileMayHold() throws {
        let text = "site,minute,lossPerMille\nnx-guyuan,0,1\nnx-wuzhong,0,7\nnx-guyuan,5,2\nnx-wuzhong,5,8\n"
        let traces = try #require(Self.read(text, sites: ["nx-wuzhong", "nx-guyuan"]).0)
        #expect(traces["nx-wuzhong"]?.samples.map(\.lossPerMille) == [7, 8])
        #expect(traces["nx-guyuan"]?.samples.map(\.lossPerMille) == [1, 2])
        #expect(Self.read(text, sites: ["nx-yinchuan"]).1.first?.problem.contains("nx-yinchuan") == true)
    }

    @Test("A wide file has loss in percent, and round trips beside it")
    func aWideFileHas() throws {
        let loss = "epoch_utc,UCS,HCPA\n1717876800,0.0,100.0\n1717880400,4.7,\n1717884000,0.25,0.0\n"
        let rtt = "epoch_utc,HCPA,UCS\n1717876800,,5.08\n1717880400,,0.12\n1717884000,0.5,\n"
        let traces = try #require(
            Self.read(loss, sites: ["nx-guyuan", "nx-wuzhong"], roundTrips: rtt) { $0.columns = ["UCS", "HCPA"] }.0)
        let guyuan = try #require(traces["nx-guyuan"])
        #expect(guyuan.samples.map(\.lossPerMille) == [0, 47, 3])
        #expect(guyuan.samples.map(\.roundTripMilliseconds) == [5, 1, nil])
        #expect(guyuan.samples.map(\.startSecond) == [0, 3_600, 7_200])
        #expect(traces["nx-wuzhong"]?.samples.map(\.lossPerMille) == [1_000, 0])
        #expect(traces["nx-wuzhong"]?.sample(at: .hours(1)) == nil)
    }

    @Test(
        "A file that is empty or malformed is refused with the file, the place and a remedy",
        arguments: [
            ("", "is empty"), ("\n\n", "is empty"), ("minute,lossPerMille,roundTripMilliseconds\n", "no rows"),
            ("minute,lossPerMille\n0,1\n", "fewer than two rows"), ("minute,lossPerMille\n0,\n5,\n", "never measured"),
            ("minutes,lossPerMille\n0,1\n5,1\n", "unknown column"), ("minute,lossPerMille\n0,1\n5\n", "1 fields"),
            ("minute,lossPerMille\n5,1\n5,1\n", "does not come after"), ("minute,lossPerMille\n0,1001\n5,1\n", "1001"),
            ("minute,lossPerMille\n0,-1\n5,1\n", "-1"), ("minute,lossPerMille\n0,x\n5,1\n", "\"x\""),
            ("minute,lossPerMille\n,1\n5,1\n", "no minute"),
            ("minute,lossPerMille\n99999999999999999999,1\n5,1\n", "no number"),
            ("minute,lossPerMille,minute\n0,1,2\n5,1,7\n", "twice"), ("minute,lossPerMille\n0,\"1\n5,1\n", "line 2"),
            ("epoch,UCS\n0,1.0\n300,1.0\n", "no column \"nx-guyuan\""),
            ("epoch,nx-guyuan\n300,1.0\n300,1.0\n", "does not come after"),
            ("epoch,nx-guyuan\n0,100.1\n300,1.0\n", "100.1"), ("epoch,nx-guyuan\n0,1.\n300,..\n", "\"..\""),
            ("\u{0}\u{1}", "no rows"),
        ])
    func aFileThatIs(
        _ text: String, _ problem: String
    ) {
        let (traces, findings) = Self.read(text)
        #expect(traces == nil)
        #expect(findings.contains { $0.problem.contains(problem) }, "\(findings)")
        #expect(findings.allSatisfy { $0.path == "/faults/3/trace" && $0.problem.contains("trace.csv") })
        #expect(findings.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test(
        "A fraction is rounded without floating point",
        arguments: [("4.75", 48), ("0", 0), ("0.04", 0), ("0.05", 1), ("100.0", 1_000)])
    func aFractionIsRounded(_ text: String, _ value: Int64) {
        #expect(TraceTable.scaled(text, by: 10) == value)
    }

    @Test(
        "What is no plain number, or too large, is none",
        arguments: [
            "4,7", "-1", "+1", "1e3", "", ".", "NaN", "999999999999999999999", "1.2.3", "7.",
            "922337203685477580",
        ])
    func whatIsNoPlain(_ text: String) {
        #expect(TraceTable.scaled(text, by: 10) == nil)
    }

    @Test("A measured month is read, where there is one")
    func aMeasuredMonthIs() throws {
        let folder = ScenarioSamples.root.deletingLastPathComponent().appendingPathComponent("shared/data/smokeping_rs")
        guard let loss = try Self.unpacked(folder, "loss_pct_hourly_180d"),
            let rtt = try Self.unpacked(folder, "rtt_ms_hourly_180d")
        else {
            print("skipped: there are no measured values at \(folder.path)")
            return
        }
        let scenario = try #require(Scenario.check(try ScenarioSamples.file("Simulations/a-measured-month.json")).0)
        let fault = try #require(scenario.faults.first)
        let (read, findings) = TraceReader.read(
            try #require(fault.trace), sites: fault.sites, loss: loss, roundTrips: rtt, path: "/faults/0")
        #expect(findings == [])
        let traces = try #require(read)
        for site in fault.sites {
            let samples = try #require(traces[site]?.samples)
            // 120 of 180 days are left.
            #expect(samples.count > 2_600 && samples.count <= 2_880)
            #expect(samples.allSatisfy { (0...1_000).contains($0.lossPerMille) })
        }
        let month = traces["nx-guyuan"]?.samples.filter { $0.startSecond < 31 * 86_400 }
        #expect(month?.filter { $0.lossPerMille >= 500 }.count == 47)
    }

    private static func unpacked(_ folder: URL, _ name: String) throws -> [UInt8]? {
        let file = folder.appendingPathComponent(name + ".csv.gz")
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let unpacked = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv")
        #expect(FileManager.default.createFile(atPath: unpacked.path, contents: nil))
        defer { try? FileManager.default.removeItem(at: unpacked) }
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-dc", file.path]
        gzip.standardOutput = try FileHandle(forWritingTo: unpacked)
        try gzip.run()
        gzip.waitUntilExit()
        return Array(try Data(contentsOf: unpacked))
    }
}
