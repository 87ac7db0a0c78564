import Foundation
import Glibc
import Standards
import Testing

extension RealProcesses {
    @Suite("Ten thousand streams of events")
    struct ManyStreamTests {
        private static let wanted = 10_000
        /// Descriptors that a shell has beside its streams.
        private static let spare = 64

        /// Opens as many streams at a port as asked, under a limit of descriptors, says of each how it was answered, and
        /// holds all of them until its input ends.
        private static let crowd = #"""
            trap '' PIPE
            ulimit -n "$2" || exit 3
            request=$'GET /api/events HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer '"$TOKEN"$'\r\n\r\n'
            held=()
            for ((number = 0; number < $3; number++)); do
              exec {stream}<>"/dev/tcp/127.0.0.1/$1" || continue
              printf '%s' "$request" >&"$stream"
              held+=("$stream")
            done
            for stream in "${held[@]}"; do
              status=
              read -r -t 10 -u "$stream" version status rest
              echo "${status:-closed}"
            done
            echo held
            read -r
            """#

        /// What the system lets a process of ours have at most.
        private static func descriptorsMax() throws -> Int {
            var limit = rlimit()
            guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
                throw Failure("the limit of descriptors cannot be read")
            }
            return Int(clamping: limit.rlim_max)
        }

        @Test("as many from another process are served as the limit names, the others are told, and the node serves on")
        func tenThousand() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let node = try province.branch("yinchuan")
                let before = try node.figures().descriptors()
                let most = try Self.descriptorsMax()
                let number = min(Self.wanted, most - Self.spare)
                if number < Self.wanted {
                    print("a process may have \(most) descriptors here: \(number) streams instead of \(Self.wanted)")
                }
                let (out, log) = (province.scratch.file("crowd.out"), province.scratch.file("crowd.log"))
                let crowd = try Child(
                    ["-c", Self.crowd, "crowd", "\(node.client.port)", "\(number + Self.spare)", "\(number)"],
                    program: "/bin/bash", output: out, log: log, environment: ["TOKEN": node.token])
                try Moment.wait(for: "each stream to begin, to be refused or to be closed", seconds: 180) {
                    crowd.ending() != nil || Scratch.text(of: out).hasSuffix("held\n")
                }
                let said = Scratch.text(of: out).split(separator: "\n").map(String.init)
                #expect(said.last == "held" && said.count == number + 1, "\(Scratch.text(of: log).suffix(500))")
                let statuses = Dictionary(said.dropLast().map { ($0, 1) }, uniquingKeysWith: +)
                print("\(number) streams: \(statuses.sorted { $0.key < $1.key })")
                #expect(Set(statuses.keys).isSubset(of: ["200", "503", "429", "closed"]), "\(statuses)")
                #expect(statuses["503"] ?? 0 > 0, "\(statuses)")
                let served = try #require(statuses["200"])
                // All are still held: whoever comes now is told how many there may be.
                let refused = try node.call("GET", "/api/events")
                #expect(refused.status == 503)
                #expect(refused.detail.contains("\(served)"), "\(refused.detail), and \(served) are open")
                let ids = try (1...5).map { try node.open("其间 \($0)") }
                for id in ids { #expect(try node.holds(id)) }
                #expect(try node.get("/api/verify")["clean"] == true)
                #expect(try node.figures().peakMiB() < Hostility.peakMiBMax)
                crowd.closeInput()
                _ = try crowd.wait("the crowd")
                try Moment.wait(for: "the descriptors to be closed") {
                    try node.figures().descriptors() <= before + 16
                }
                _ = try EventTap(node)
            }
        }
    }
}
