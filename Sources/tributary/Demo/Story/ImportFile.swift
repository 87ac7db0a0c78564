/// A file whose rows the demo brings in through the branches.
struct ImportFile: Sendable {
    let path: String
    let mapPath: String

    /// The file's name without its folders.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
