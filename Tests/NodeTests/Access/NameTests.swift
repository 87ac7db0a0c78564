import HTTP
import Node
import Testing

@Suite struct NameTests {
    @Test("a name has 1 to 64 visible characters, composed in one way; a person at a site is one")
    func names() {
        for name in ["王芳", "wang fang", "王芳@nx-yinchuan", "O'Neill", String(repeating: "字", count: 64)] {
            #expect(PersonName.checked(name) == name)
        }
        #expect(PersonName.checked("Jose\u{301}")?.unicodeScalars.count == 4)
        let wrong = [
            "", " ", ".", "..", "a/../b", "..\\a", " a", "a ", "a\nb", "a\u{0}", "a\u{200B}b", "a\u{202E}b", "\u{E000}",
            String(repeating: "字", count: 65),
        ]
        for name in wrong { #expect(PersonName.checked(name) == nil, "\(name.debugDescription)") }
    }

    @Test("nobody is named like the machine's own acts, which nobody's role is asked for")
    func reserved() {
        for name in ["hub", "Hub", "hub init", "*", "api", "exchange", "outbox", "epoch", "enrolment"] {
            #expect(PersonName.checked(name) == nil, "\(name)")
        }
    }

    @Test("an address is told from its port, and an IPv6 network counts as one")
    func addresses() {
        let four = ClientAddress([:], from: "10.1.2.3:50312")
        #expect(four.text == "10.1.2.3" && four.group == "0a010203" && !four.isLocal)
        let one = ClientAddress([:], from: "[2001:db8:1:2::7]:443")
        let other = ClientAddress([:], from: "[2001:db8:1:2:ffff::9]:9")
        #expect(one.text == "2001:db8:1:2::7" && one.group == other.group)
        #expect(one.group != ClientAddress([:], from: "[2001:db8:1:3::7]:443").group)
        #expect(ClientAddress([:], from: "[::ffff:10.1.2.3]:1").group == four.group)
        #expect(ClientAddress([:], from: "127.0.0.1:1").isLocal && ClientAddress([:], from: "[::1]:1").isLocal)
    }

    @Test("a server in front of the node is believed about whom it speaks for only on this machine")
    func forwarded() {
        let headers: Headers = ["X-Forwarded-For": "1.2.3.4, 10.9.9.9", "X-Forwarded-Proto": "https"]
        let behind = ClientAddress(headers, from: "127.0.0.1:1")
        #expect(behind.text == "10.9.9.9" && !behind.isLocal && behind.cameOverTLS)
        let pretended = ClientAddress(headers, from: "10.1.2.3:1")
        #expect(pretended.text == "10.1.2.3" && !pretended.cameOverTLS)
        let nonsense = ClientAddress(["X-Forwarded-For": "<script>"], from: "127.0.0.1:1")
        #expect(nonsense.text == "127.0.0.1" && !nonsense.isLocal)
    }
}
