import Foundation
import ServiceDesk
import Standards

/// A standard pack that the operator named: one file, or a folder of them.
struct PackInput {
    let path: String
    let result: PackFolder.Result

    /// - Throws: an error if it cannot be read; what is wrong with it stands in the result.
    init(_ path: String) throws {
        self.path = path
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue else {
            result = PackFolder.check(
                try InputFile.bytes(path, limit: StandardPack.sizeLimit), numbering: FieldNumbers.number)
            return
        }
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).filter { $0.hasSuffix(".json") }.sorted()
        guard !names.isEmpty, names.count <= PackFolder.fileLimit else {
            throw CommandError(
                .usage, "read \(path)",
                reason: names.isEmpty
                    ? "it holds no JSON file" : "it holds more than \(PackFolder.fileLimit) JSON files",
                remedy: "name the folder of one pack")
        }
        var left = StandardPack.sizeLimit
        result = PackFolder.check(
            try names.map { name in
                let bytes = try InputFile.bytes(path + "/" + name, limit: left)
                left -= bytes.count
                return PackFolder.File(name: name, bytes: bytes)
            }, numbering: FieldNumbers.number)
    }

    /// The pack and its document, for those who can do nothing with one that is not right.
    func whole() throws -> (pack: StandardPack, document: JSONValue) {
        guard let pack = result.pack else {
            let count = result.findings.count
            throw CommandError(
                .usage, "use \(path)", reason: "the standard is not right",
                remedy: count == 1 ? "correct this" : "correct these \(count) places",
                details: result.findings.map(\.description))
        }
        return (pack, try JSONValue(parsing: result.document, sizeLimit: StandardPack.sizeLimit))
    }
}
