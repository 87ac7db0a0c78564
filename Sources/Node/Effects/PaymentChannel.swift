import Foundation
import Glibc
import Replication
import ServiceDesk
import Standards

/// The way to whoever pays: a file of one line a payment, appended and synced. It honours its keys: a payment whose
/// key is in the file already is not written again, so an uncertain one may be repeated.
struct PaymentChannel {
    let folder: DataFolder

    func holds(_ key: [UInt8]) -> Bool {
        guard let data = FileManager.default.contents(atPath: folder.payments) else { return false }
        let needle = "\"key\":\"\(Secrets.hex(key))\""
        return String(decoding: data, as: UTF8.self).contains(needle)
    }

    /// - Throws: ``NodeError`` if the line is not on the disk.
    func pay(_ effect: Effect) throws {
        if holds(effect.key) { return }
        let json: JSONValue = [
            "key": .string(Secrets.hex(effect.key)), "ticket": .string(effect.entity.text),
            "amountFen": .integer(effect.amount), "request": .string(effect.request),
            "purpose": .string(effect.purpose),
        ]
        let line = json.bytes() + [0x0A]
        let descriptor = open(folder.payments, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.count, fsync(descriptor) == 0 else { throw failure() }
    }

    private func failure() -> NodeError {
        NodeError(
            .readOnly, "\(folder.payments) cannot be written (\(String(cString: strerror(errno)))).",
            remedy: "Make room on the disk; the payment is repeated under its key.")
    }
}
