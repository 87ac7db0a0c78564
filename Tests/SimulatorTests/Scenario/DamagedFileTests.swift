import Standards
import Testing

@testable import Simulator

/// Files that were damaged at random: reading them ends, and what is accepted can be worked with.
struct DamagedFileTests {
    private static let seed: UInt64 = 0xda3a9e

    /// Words that are put in place of others: at the edges of what numbers and durations may be.
    private static let words = [
        "0", "-1", "9223372036854775807", "-9223372036854775808", "1e308", "\"366d\"", "\"0s\"", "\"1s\"", "\"366d1s\"",
        "\"xj-hub\"", "[]", "{}", "null", "true", "\"\"", "\"swarm\"", "\"crash\"", "\"traced\"", "\"bandwidth\"",
    ]

    private static func damaged(_ bytes: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<stream.within(1...2) {
            let at = Int(stream.below(Int64(bytes.count)))
            switch stream.below(4) {
            case 0: bytes[at] = UInt8(stream.below(256))
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int(stream.within(1...20))))
            case 2: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
            default:
                // A whole value, so that more than the grammar is tried.
                guard let colon = bytes[at...].firstIndex(of: UInt8(ascii: ":")) else { continue }
                let end = bytes[(colon + 1)...].firstIndex { [0x2C, 0x7D, 0x0A].contains($0) } ?? bytes.count
                bytes.replaceSubrange((colon + 1)..<end, with: Array(stream.pick(words).utf8))
            }
        }
        return bytes
    }

    @Test("A damaged scenario is refused with findings, or can be checked, drawn for and written")
    func aDamagedScenarioIs() throws {
        print("seed \(SeedText.text(Self.seed))")
        let topology = try ScenarioSamples.topology("xinjiang")
        var stream = RandomStream(seed: Self.seed, entity: "scenario", purpose: "damage")
        var accepted = 0
        for _ in 0..<1_500 {
            let bytes = Self.damaged(Array(ScenarioSamples.specified.utf8), &stream)
            let (read, findings) = Scenario.check(bytes)
            #expect((read == nil) == !findings.isEmpty)
            #expect(findings.allSatisfy { !$0.problem.isEmpty && !$0.remedy.isEmpty })
            guard let scenario = read else { continue }
            accepted += 1
            let found = scenario.check(against: topology)
            #expect(Scenario.check(scenario.fileBytes).0 == scenario)
            guard found.isEmpty else { continue }
            #expect(SwarmDraw.drawn(scenario, in: topology).check(against: topology) == [])
        }
        #expect(accepted > 30, "\(accepted) were accepted")
    }

    @Test("A damaged trace is refused with findings, or gives samples in order")
    func aDamagedTraceIs() throws {
        print("seed \(SeedText.text(Self.seed))")
        let texts = [
            "minute,lossPerMille,roundTripMilliseconds\n0,1,12\n60,1000,\n120,,\n180,20,14\n",
            "site,minute,lossPerMille\nnx-guyuan,0,1\nnx-wuzhong,0,7\nnx-guyuan,5,2\nnx-wuzhong,5,8\n",
            "epoch_utc,nx-guyuan,HCPA\n1717876800,0.0,100.0\n1717880400,4.7,\n1717884000,0.25,0.0\n",
        ]
        var stream = RandomStream(seed: Self.seed, entity: "trace", purpose: "damage")
        var accepted = 0
        for _ in 0..<6_000 {
            let bytes = Self.damaged(Array(stream.pick(texts).utf8), &stream)
            let (read, findings) = TraceReader.read(
                TraceSource(file: "trace.csv"), sites: ["nx-guyuan"], loss: bytes, roundTrips: nil, path: "/faults/0")
            #expect((read == nil) == !findings.isEmpty)
            guard let samples = read?["nx-guyuan"]?.samples else { continue }
            accepted += 1
            #expect(!samples.isEmpty)
            #expect(samples.allSatisfy { $0.startSecond < $0.endSecond && (0...1_000).contains($0.lossPerMille) })
            #expect(zip(samples, samples.dropFirst()).allSatisfy { $0.endSecond <= $1.startSecond })
        }
        #expect(accepted > 30, "\(accepted) were accepted")
    }
}
