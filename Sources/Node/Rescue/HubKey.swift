import Foundation
import Hashing
import Replication
import Standards

/// The key of a hub outside its folder: without it a lost hub cannot be rebuilt, and whoever has it can be the hub.
public enum HubKey {
    static let fileBytesMax = 4_096
    private static let hexDigits = 64

    /// A few digits by which people tell two keys apart; nothing of the key can be found from them.
    public static func fingerprint(_ key: [UInt8]) -> String {
        let hex = Secrets.hex(Array(SHA256.hash(Array("hub key ".utf8) + key).prefix(4)))
        return "\(hex.prefix(4))-\(hex.suffix(4))"
    }

    /// Writes the key of a hub, running or not, into a file that only its owner can read, and notes that in the folder.
    /// - Returns: the fingerprint, and whether the file lies on the same disk as the hub.
    public static func export(
        of folder: DataFolder, to path: String
    ) throws -> (site: SiteID, fingerprint: String, isSameDisk: Bool) {
        let configuration = try NodeConfiguration(folder: folder)
        guard configuration.isHub else {
            throw NodeError(.badFolder, "\(folder.path) holds a branch.", remedy: "Name the hub's folder.")
        }
        let target = URL(fileURLWithPath: path).standardizedFileURL.path
        guard !target.hasPrefix(folder.path + "/") else {
            throw NodeError(
                .badFolder, "\(target) is inside the hub's own folder, and would be lost with it.",
                remedy: "Name a file at another place, on another disk.")
        }
        guard !FileManager.default.fileExists(atPath: target) else {
            throw NodeError(.badFolder, "\(target) exists.", remedy: "Name a file that is to be made.")
        }
        let key = try folder.read(folder.hubKey)
        let print = fingerprint(key)
        let json: JSONValue = [
            "format": 1, "what": "the hub key of \(configuration.site.text), \(configuration.name.en)",
            "site": .string(configuration.site.text), "fingerprint": .string(print),
            "key": .string(String(decoding: key, as: UTF8.self)),
        ]
        let place = DataFolder(URL(fileURLWithPath: target).deletingLastPathComponent().path)
        try place.replace(target, with: json.bytes(pretty: true) + [0x0A])
        let time = TimeText(configuration.timeZone).text(SystemClock.wall())
        let note: JSONValue = ["fingerprint": .string(print), "at": .string(time), "to": .string(target)]
        try folder.replace(folder.keyExport, with: note.bytes() + [0x0A])
        return (configuration.site, print, Files.areOnOneDisk(target, folder.path))
    }

    /// Whether the key that is in a hub's folder now has been exported.
    static func isExported(_ folder: DataFolder) -> Bool {
        guard let key = try? folder.read(folder.hubKey), let note = try? folder.read(folder.keyExport),
            let json = try? JSONValue(parsing: note, sizeLimit: fileBytesMax)
        else { return false }
        return json["fingerprint"]?.stringValue == fingerprint(key)
    }

    /// Reads a key that was exported, or a copy of a hub's `hub.key`.
    /// - Parameter site: whose key it must be, as far as the file says.
    public static func read(_ path: String, of site: SiteID) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path), data.count <= fileBytesMax else {
            throw NodeError(
                .badFolder, "\(path) cannot be read as a hub key.", remedy: "Name the file that `hub key` wrote.")
        }
        var text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if let json = try? JSONValue(parsing: Array(data), sizeLimit: fileBytesMax) {
            if let named = json["site"]?.stringValue, named != site.text {
                throw NodeError(
                    .badConfiguration, "\(path) holds the key of \(named), and this is \(site).",
                    remedy: "Name the key of \(site).")
            }
            text = json["key"]?.stringValue ?? ""
        }
        guard text.utf8.count == hexDigits, Secrets.bytes(hex: text) != nil else {
            throw NodeError(
                .badConfiguration, "\(path) holds no hub key.",
                remedy: "Name the file that `hub key` wrote, or a copy of hub.key.")
        }
        return Array(text.utf8)
    }
}
