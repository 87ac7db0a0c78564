/// What was on a disk at one moment, set aside: a backup of its files, or the disk of another machine.
public struct DiskImage {
    let files: [String: DiskFile]
    let sideFiles: [String: [UInt8]]

    /// Nothing at all, as on a new machine.
    public static var empty: DiskImage { DiskImage(files: [:], sideFiles: [:]) }
}

extension DiskFile {
    /// A sound copy of what programs see, with nothing open.
    func copyOfLive() -> DiskFile {
        let copy = DiskFile()
        copy.durable.become(live)
        copy.live.become(live)
        return copy
    }
}

extension SimulatedDisk {
    /// What programs see at this moment.
    public var image: DiskImage {
        DiskImage(files: files.mapValues { $0.copyOfLive() }, sideFiles: sideFiles)
    }

    /// Puts other contents in place of these; whatever was open is dead.
    /// - Parameter keepsSideFiles: the small files stay as they are.
    public func replace(with image: DiskImage, keepsSideFiles: Bool = false) {
        abandonHandles()
        cancelPowerCut()
        files = image.files.mapValues { $0.copyOfLive() }
        durableFiles = files
        if !keepsSideFiles { sideFiles = image.sideFiles }
        countBytes()
    }
}
