import Foundation

/// Where TLS ends, on a port of its own: with a certificate for `localhost`, and for no other name, that an authority
/// of its own has signed. It hands on what comes to a server without TLS.
final class SecureEnd: Sendable {
    /// Whether the machine has what it is made of: a test otherwise says so, and is skipped.
    static let isPossible = [openssl, python].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

    private static let openssl = "/usr/bin/openssl"
    private static let python = "/usr/bin/python3"
    /// The port of a server that takes a JSON body whole and hangs up without an answer.
    static let hangingUp: UInt16 = 0

    private static let script = """
        import asyncio
        import ssl
        import sys


        async def pump(reader, writer):
            try:
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
            except OSError:
                pass
            finally:
                writer.close()


        async def serve(reader, writer):
            if sys.argv[3] == "0":
                taken = b""
                while not taken.endswith(b"}"):
                    data = await reader.read(65536)
                    if not data:
                        break
                    taken += data
                writer.close()
                return
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", int(sys.argv[3]))
            await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))


        async def main():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(sys.argv[1], sys.argv[2])
            server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
            print(server.sockets[0].getsockname()[1], flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


        asyncio.run(main())
        """

    /// The file of the authority's certificate.
    let authority: String
    let port: UInt16
    private let child: Child
    private let scratch: Scratch

    init(to server: UInt16) throws {
        scratch = try Scratch()
        authority = scratch.file("authority.pem")
        let (key, certificate) = (scratch.file("key.pem"), scratch.file("certificate.pem"))
        let authorityKey = scratch.file("authority.key")
        try Self.certify(
            ["/CN=Authority of a test", "basicConstraints=critical,CA:TRUE"], key: authorityKey, to: authority)
        try Self.certify(
            ["/CN=localhost", "basicConstraints=critical,CA:FALSE", "subjectAltName=DNS:localhost"], key: key,
            to: certificate, by: ["-CA", authority, "-CAkey", authorityKey])
        let script = scratch.file("end.py")
        try Data(Self.script.utf8).write(to: URL(fileURLWithPath: script))
        let output = scratch.file("output")
        child = try Child(
            [script, certificate, key, String(server)], program: Self.python, output: output, log: scratch.file("log"))
        let (running, log) = (child, scratch.file("log"))
        try Moment.wait(for: "TLS to be ended") {
            if let ending = running.ending() { throw Failure("\(ending): \(Scratch.text(of: log))") }
            return Scratch.text(of: output).hasSuffix("\n")
        }
        guard let port = UInt16(Scratch.text(of: output).dropLast()) else { throw Failure("no port") }
        self.port = port
    }

    /// Ends it, also where the tests are compiled so that it would be gone after its last mention.
    func close() { child.closeInput() }

    /// - Parameters:
    ///   - names: the subject, then extensions.
    ///   - signer: nobody but itself when empty.
    private static func certify(_ names: [String], key: String, to file: String, by signer: [String] = []) throws {
        let made = try Tool(
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-keyout", key, "-out", file, "-subj", names[0],
            ] + names.dropFirst().flatMap { ["-addext", $0] } + signer, program: openssl)
        guard made.code == 0 else { throw Failure("no certificate: \(made.errors)") }
    }

    /// An address there, by the name that the certificate has.
    func url(_ path: String) -> String { "https://localhost:\(port)\(path)" }
}
