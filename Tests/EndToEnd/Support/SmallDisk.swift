import Foundation

/// A file system of a few megabytes, mounted for one test; needs the rights to mount.
final class SmallDisk {
    let path: String
    private let scratch: Scratch

    static let isAllowed: Bool = (try? SmallDisk(megabytes: 1)) != nil

    init(megabytes: Int) throws {
        scratch = try Scratch()
        path = scratch.file("disk")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let tool = try Tool(
            ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=700", "tmpfs", path], program: "/bin/mount")
        guard tool.code == 0 else { throw Failure("not mounted: \(tool.errors)") }
    }

    deinit {
        // A process that was just killed may hold it for a moment; then it goes when that one does.
        _ = try? Tool(["-l", path], program: "/bin/umount")
    }

    /// Fills the disk but for so many bytes.
    func fill(leaving bytes: Int) throws {
        let free = try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize] as? Int ?? 0
        try Data(count: max(0, free - bytes)).write(to: URL(fileURLWithPath: path + "/ballast"))
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: path + "/ballast") }
}
