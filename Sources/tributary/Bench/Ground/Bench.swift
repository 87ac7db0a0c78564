/// A run of the bench: how much it does, where, and what it says meanwhile.
final class Bench {
    let scale: Scale
    let folder: ScratchFolder
    /// What the processes of a site run.
    let program: String
    private let say: (String) -> Void
    private var ground: Ground?
    private var rehearsalGround: RehearsalGround?
    private var rehearsedWeek: RehearsedWeek?
    private var boards: [Int: BoardGround] = [:]

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

    /// Where rehearsals are run; made when first needed.
    func rehearsals() throws -> RehearsalGround {
        if let rehearsalGround { return rehearsalGround }
        let made = try RehearsalGround(folder, program: program)
        rehearsalGround = made
        return made
    }

    /// A province's week, rehearsed when first needed: it takes too long to be done for each measure of it.
    func week() throws -> RehearsedWeek {
        if let rehearsedWeek { return rehearsedWeek }
        note("\(scale.weekHours) hours of Sichuan are rehearsed, polls held for \(RehearsedWeek.pollHoldSeconds) s")
        let made = try RehearsedWeek(scale, on: try rehearsals())
        rehearsedWeek = made
        return made
    }

    /// A running hub with so many tickets; made when first needed, since a million take minutes.
    func board(_ tickets: Int) throws -> BoardGround {
        if let board = boards[tickets] { return board }
        let made = try BoardGround(tickets, self)
        boards[tickets] = made
        return made
    }

    /// Ends what runs as a process of its own.
    func close() { for board in boards.values { board.close() } }

    func note(_ line: String) { say(line) }
}
