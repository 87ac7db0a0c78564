import Standards
import Testing

@Suite struct InstantTextTests {
    @Test("an instant is read with its zone and any fraction")
    func reads() {
        #expect(InstantText.milliseconds("1970-01-01T00:00:00Z") == 0)
        #expect(InstantText.milliseconds("1970-01-01T08:00:00+08:00") == 0)
        #expect(InstantText.milliseconds("2026-01-01T10:00:00.5+08:00") == 1_767_232_800_500)
        #expect(InstantText.milliseconds("2026-01-01T02:00:00.123456z") == 1_767_232_800_123)
        #expect(InstantText.milliseconds(InstantText.example) == 1_767_232_800_000)
    }

    @Test(
        "what is no instant, or has no zone, is not guessed at",
        arguments: [
            "", "now", "2026-01-01", "2026-01-01T10:00:00", "2026-02-30T10:00:00Z", "2026-01-01T24:61:00Z",
            "2026-01-01 10:00:00Z", "2026-01-01T10:00:00.Z", "+026-01-01T10:00:00Z", "2026-01-01T10:00:00+8",
        ])
    func refuses(text: String) {
        #expect(InstantText.milliseconds(text) == nil)
    }

    @Test("an instant is written in UTC to the millisecond, and reads back as it was")
    func written() {
        #expect(InstantText.utc(0) == "1970-01-01T00:00:00.000Z")
        #expect(InstantText.utc(1_767_232_800_007) == "2026-01-01T02:00:00.007Z")
        for milliseconds in [-1, 1, 951_782_400_000, -62_135_596_800_000, 253_402_300_799_999] as [Int64] {
            #expect(InstantText.milliseconds(InstantText.utc(milliseconds)) == milliseconds)
        }
        #expect(InstantText.utc(-62_135_596_800_001) == "-62135596800001")
        #expect(InstantText.utc(253_402_300_800_000) == "253402300800000")
    }
}
