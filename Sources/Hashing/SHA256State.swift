import CHashing

/// The eight working words of SHA-256 and the compression function.
///
/// Written with raw pointers and wrapping operators throughout, because the tests of everything that is
/// built on digests run it in debug builds, where checked arithmetic and arrays cost ten times as much.
struct SHA256State: Sendable {
    private var h0: UInt32 = 0x6a09_e667
    private var h1: UInt32 = 0xbb67_ae85
    private var h2: UInt32 = 0x3c6e_f372
    private var h3: UInt32 = 0xa54f_f53a
    private var h4: UInt32 = 0x510e_527f
    private var h5: UInt32 = 0x9b05_688c
    private var h6: UInt32 = 0x1f83_d9ab
    private var h7: UInt32 = 0x5be0_cd19

    /// The state as 32 bytes, most significant first.
    var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.digestByteCount) { buffer, count in
            let words = UnsafeMutableRawBufferPointer(buffer)
            words.storeBytes(of: h0.bigEndian, toByteOffset: 0, as: UInt32.self)
            words.storeBytes(of: h1.bigEndian, toByteOffset: 4, as: UInt32.self)
            words.storeBytes(of: h2.bigEndian, toByteOffset: 8, as: UInt32.self)
            words.storeBytes(of: h3.bigEndian, toByteOffset: 12, as: UInt32.self)
            words.storeBytes(of: h4.bigEndian, toByteOffset: 16, as: UInt32.self)
            words.storeBytes(of: h5.bigEndian, toByteOffset: 20, as: UInt32.self)
            words.storeBytes(of: h6.bigEndian, toByteOffset: 24, as: UInt32.self)
            words.storeBytes(of: h7.bigEndian, toByteOffset: 28, as: UInt32.self)
            count = SHA256.digestByteCount
        }
    }

    /// The first 16 bytes.
    var firstHalf: Digest128 {
        Digest128(high: UInt64(h0) << 32 | UInt64(h1), low: UInt64(h2) << 32 | UInt64(h3))
    }

    /// Works whole blocks into the state. `blocks.count` must be a multiple of 64.
    mutating func absorb(_ blocks: UnsafeRawBufferPointer) {
        precondition(blocks.count & (SHA256.blockByteCount - 1) == 0, "only whole blocks can be absorbed")
        if Self.isNative { absorbNatively(blocks) } else { absorbPortably(blocks) }
    }

    /// The function as the standard writes it down.
    mutating func absorbPortably(_ blocks: UnsafeRawBufferPointer) {
        guard var block = blocks.baseAddress, blocks.count > 0 else { return }
        let end = block + blocks.count
        Self.roundConstants.withUnsafeBufferPointer { constants in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
                guard let k = constants.baseAddress, let w = schedule.baseAddress else { return }
                while block < end {
                    Self.expand(block, into: w)
                    compress(w, k)
                    block += SHA256.blockByteCount
                }
            }
        }
    }

    /// Whether the processor has instructions for this: some five times as fast.
    static let isNative = tributary_sha256_is_native() != 0

    /// The same by the processor's instructions, which it must have.
    mutating func absorbNatively(_ blocks: UnsafeRawBufferPointer) {
        guard let bytes = blocks.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        let count = blocks.count / SHA256.blockByteCount
        Self.roundConstants.withUnsafeBufferPointer { constants in
            withUnsafeMutableBytes(of: &self) { state in
                tributary_sha256_absorb(
                    state.baseAddress?.assumingMemoryBound(to: UInt32.self), bytes, count, constants.baseAddress)
            }
        }
    }

    @inline(__always)
    private static func expand(_ block: UnsafeRawPointer, into w: UnsafeMutablePointer<UInt32>) {
        var i = 0
        while i < 16 {
            w[i] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: i &* 4, as: UInt32.self))
            i &+= 1
        }
        while i < 64 {
            let x = w[i &- 15]
            let y = w[i &- 2]
            let s0 = ((x &>> 7) | (x &<< 25)) ^ ((x &>> 18) | (x &<< 14)) ^ (x &>> 3)
            let s1 = ((y &>> 17) | (y &<< 15)) ^ ((y &>> 19) | (y &<< 13)) ^ (y &>> 10)
            w[i] = w[i &- 16] &+ s0 &+ w[i &- 7] &+ s1
            i &+= 1
        }
    }

    @inline(__always)
    private mutating func compress(_ w: UnsafeMutablePointer<UInt32>, _ k: UnsafePointer<UInt32>) {
        var (a, b, c, d) = (h0, h1, h2, h3)
        var (e, f, g, h) = (h4, h5, h6, h7)
        var i = 0
        while i < 64 {
            let s1 = ((e &>> 6) | (e &<< 26)) ^ ((e &>> 11) | (e &<< 21)) ^ ((e &>> 25) | (e &<< 7))
            let choice = g ^ (e & (f ^ g))
            let t1 = h &+ s1 &+ choice &+ k[i] &+ w[i]
            let s0 = ((a &>> 2) | (a &<< 30)) ^ ((a &>> 13) | (a &<< 19)) ^ ((a &>> 22) | (a &<< 10))
            let majority = (a & b) | (c & (a | b))
            h = g
            g = f
            f = e
            e = d &+ t1
            d = c
            c = b
            b = a
            a = t1 &+ s0 &+ majority
            i &+= 1
        }
        h0 = h0 &+ a
        h1 = h1 &+ b
        h2 = h2 &+ c
        h3 = h3 &+ d
        h4 = h4 &+ e
        h5 = h5 &+ f
        h6 = h6 &+ g
        h7 = h7 &+ h
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let roundConstants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
