extension FaultKind {
    /// What happens, in a sentence without its full stop; for the schema, for help and for reports.
    public var meaning: String {
        switch device {
        case .network: networkMeaning
        case .process: processMeaning
        case .disk: diskMeaning
        case .clock: clockMeaning
        case .people: peopleMeaning
        case .hub, .inside: innerMeaning
        }
    }

    private var networkMeaning: String {
        switch self {
        case .loss: "The line loses packets"
        case .delay: "The line takes longer, one way"
        case .reorder: "Messages overtake each other"
        case .duplicate: "Messages arrive twice"
        case .reset: "Connections break in the middle of a body"
        case .replyLost: "The hub commits, and its reply is lost"
        case .linkCut: "The line carries nothing"
        case .linkOneWay: "The line carries one direction only"
        case .hubIsolated: "Nobody reaches the hub"
        case .swizzle: "Lines are clogged one after the other and freed in another order"
        case .bandwidth: "The line is as slow as its replacement, a satellite or a mobile link"
        case .captivePortal: "Something else answers in the hub's place, with success"
        case .corrupt: "Bytes are changed on the way"
        case .flapping: "The line goes up and down"
        default: "The line follows measured values"
        }
    }

    private var processMeaning: String {
        switch self {
        case .crash: "The process is killed and started again"
        case .crashLoop: "The process is killed again and again"
        case .pause: "The process stands still and goes on as if nothing had been"
        case .slowNode: "The process is slow at everything"
        case .rollingUpgrade: "Sites are restarted with the next version, one after the other"
        case .restoredBackup: "An operator puts an earlier database back"
        case .replacedMachine: "The machine is replaced by a new one under the same name"
        default: "Two machines run with one identity, in turns"
        }
    }

    private var diskMeaning: String {
        switch self {
        case .powerLoss: "The power fails: what was not synced is gone, and a page may be torn"
        case .syncFails: "The disk cannot make data durable"
        case .diskFull: "The disk is full"
        case .readError: "Reads fail"
        case .bitRot: "Bits of the stored data flip"
        default: "The disk is slow to make data durable"
        }
    }

    private var clockMeaning: String {
        switch self {
        case .clockOffset: "The clock is wrong by so much from now on"
        case .clockDrift: "The clock runs too fast or too slowly"
        case .clockStep: "The clock is put forward or back"
        case .wrongYear: "The clock shows another year"
        default: "The clock shows local time of another zone as if it were its own"
        }
    }

    private var peopleMeaning: String {
        switch self {
        case .sameTicketTwoBranches: "Tickets are edited at two sites at once"
        case .closeAgainstEscalate: "A ticket is closed at one site while another escalates it"
        case .refundAskedTwice: "A refund is asked for at two counters"
        case .transferWhileOffline: "Tickets are handed to another branch that cannot hear of it"
        case .storm: "Far more customers come than on an ordinary day"
        case .bulkImport: "A file of tickets is brought in"
        default: "The province publishes a new standard"
        }
    }

    private var innerMeaning: String {
        switch self {
        case .slowQueries: "The hub's database is slow"
        case .overload: "The hub's processor is busy with something else"
        case .failOver:
            "The hub's disk is lost: a copy that is behind, or nothing, takes its place, and an operator begins anew"
        case .tinyBatches: "Batches are tiny"
        case .earlyTimer: "Timers fire early"
        case .spuriousRetry: "A request is sent again that was answered"
        case .smallQueue: "The writer's queue is short"
        case .flood: "A branch asks the hub without end, each time as if it began anew; it stays broken"
        default: "A branch asks for everything anew"
        }
    }
}
