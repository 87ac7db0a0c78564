import Foundation
import Glibc
import Replication
import ServiceDesk
import Standards

/// The way to whoever pays: a file of one line a payment, appended and synced. It honours its keys: a payment whose
/// key is in the file already is not written again, so an uncertain one may be repeated.
struct PaymentChannel {
    let folder: DataFolder

    /// The whole lines that are there, and the length that they take: a line that was cut off is no payment.
    private func lines() -> (text: String, length: Int) {
        guard let data = FileManager.default.contents(atPath: folder.payments),
            let end = data.lastIndex(of: 0x0A)
        else { return ("", 0) }
        return (String(decoding: data[...end], as: UTF8.self), end + 1)
    }

    /// - Throws: ``NodeError`` if the line is not on the disk.
    func pay(_ effect: Effect) throws {
        let kept = lines()
        let isKept = kept.text.contains("\"key\":\"\(Secrets.hex(effect.key))\"")
        let json: JSONValue = [
            "key": .string(Secrets.hex(effect.key)), "ticket": .string(effect.entity.text),
            "amountFen": .integer(effect.amount), "request": .string(effect.request),
            "purpose": .string(effect.purpose),
        ]
        let line = json.bytes() + [0x0A]
        let descriptor = open(folder.payments, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        // A line that is only in the system's memory is no payment either: it is synced before it is believed.
        guard ftruncate(descriptor, kept.length) == 0 else { throw failure() }
        if !isKept {
            let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written == line.count else { throw failure() }
        }
        guard fsync(descriptor) == 0, folder.sync() else { throw failure() }
    }

    private func failure() -> NodeError {
        NodeError(
            .readOnly, "\(folder.payments) cannot be written (\(String(cString: strerror(errno)))).",
            remedy: "Make room on the disk; the payment is repeated under its key.")
    }
}
