import Node
import Testing

@Suite struct PasswordTests {
    private static let salt = [UInt8](0..<16)

    @Test("a password is stored as yescrypt with its salt, and only that password matches")
    func hashes() throws {
        let hash = try #require(PasswordHash.hash("正确的马电池", salt: Self.salt))
        #expect(hash.hasPrefix("$y$"))
        #expect(!hash.contains("马"))
        #expect(PasswordHash.matches("正确的马电池", hash) == true)
        #expect(PasswordHash.matches("正确的马电瓶", hash) == false)
        #expect(PasswordHash.matches("", hash) == false)
        #expect(PasswordHash.hash("正确的马电池", salt: Self.salt) == hash)
        #expect(PasswordHash.hash("正确的马电池", salt: Self.salt.reversed()) != hash)
    }

    @Test("every byte of the longest password counts")
    func longest() throws {
        let longest = String(repeating: "abcdefgh", count: 32)
        let hash = try #require(PasswordHash.hash(longest, salt: Self.salt))
        #expect(PasswordHash.matches(longest, hash) == true)
        #expect(PasswordHash.matches(longest.dropLast() + "x", hash) == false)
    }

    @Test("what is stored and is no hash matches nothing")
    func broken() {
        for stored in ["", "*0", "$y$", "secret", "$y$j9T$"] {
            #expect(PasswordHash.matches("secret", stored) != true, "\(stored)")
        }
    }

    @Test("a password has 8 to 256 bytes, no control characters, and is not the name")
    func rules() {
        #expect(PasswordRule.problem("abcdefg", name: "n") != nil)
        #expect(PasswordRule.problem("abcdefgh", name: "n") == nil)
        #expect(PasswordRule.problem("密码三", name: "n") == nil)
        let longest = String(repeating: "abcd", count: 64)
        #expect(PasswordRule.problem(longest, name: "n") == nil)
        #expect(PasswordRule.problem(longest + "e", name: "n") != nil)
        for wrong in ["abcdefgh\u{0}", "abcdefgh\n", "abcdefgh\u{7F}", "aaaaaaaaaa", "Wang.Fang"] {
            #expect(PasswordRule.problem(wrong, name: "wang.fang") != nil, "\(wrong)")
        }
    }

    @Test("a password is the same however the keyboard composes it")
    func composed() {
        #expect(PasswordRule.normal("cafe\u{301} au lait").utf8.elementsEqual("caf\u{E9} au lait".utf8))
    }

    @Test("more passwords than may wait are refused at once, and there is room again when they are done")
    func bounded() {
        let worker = PasswordWorker(waitingMax: 3)
        let (held, done) = (Gatekeeper(), Gatekeeper())
        for _ in 0..<3 {
            #expect(
                worker.submit {
                    held.wait()
                    done.open()
                })
        }
        #expect(!worker.submit { Issue.record("it was taken") })
        for _ in 0..<3 {
            held.open()
            done.wait()
        }
        // The last one's place is given back after it is done.
        var isTaken = false
        let deadline = ContinuousClock.now + .seconds(30)
        while !isTaken && ContinuousClock.now < deadline { isTaken = worker.submit { done.open() } }
        #expect(isTaken)
        done.wait()
    }
}
