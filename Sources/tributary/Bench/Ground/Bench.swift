/// A run of the bench: how much it does, where, and what it says meanwhile.
final class Bench {
    let scale: Scale
    let folder: ScratchFolder
    /// What the processes of a site run.
    let program: String
    private let say: (String) -> Void
    private var ground: Ground?

    /// - Parameter say: takes a line of progress.
    init(_ scale: Scale, in folder: ScratchFolder, program: String, say: @escaping (String) -> Void) {
        self.scale = scale
        self.folder = folder
        self.program = program
        self.say = say
    }

    /// A province that every measure takes its sites from; made when first needed.
    func province() throws -> Ground {
        if let ground { return ground }
        note("a hub and its branches are made")
        let made = try Ground(in: folder, program: program)
        ground = made
        return made
    }

    func note(_ line: String) { say(line) }
}
