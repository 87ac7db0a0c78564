/// Settings that a scenario writes as an object of numbers, with perhaps a word or two beside them.
protocol NumberedSettings {
    /// As they are when the file says nothing.
    init()
    static var numbers: [NumberField<Self>] { get }
}

extension WorkloadSettings: NumberedSettings {
    static var numbers: [NumberField<WorkloadSettings>] {
        [
            NumberField(
                "ticketsPerThousandLinesPerDay", 0...10_000, \.ticketsPerThousandLinesPerDay,
                "New tickets a day for a thousand lines; a branch serves as many thousand lines as it has clerks"),
            NumberField(
                "ticketsPerDay", 0...1_000_000, \.ticketsPerDay,
                "New tickets a day in the whole province, shared out by lines; takes the place of the former"),
            NumberField(
                "changesPerTicket", 1...100, \.changesPerTicket, "Changes of a ticket in all, its creation among them"),
            NumberField(
                "sameTicketTwoBranchesPerMille", 0...1_000, \.sameTicketTwoBranchesPerMille,
                "Of a thousand tickets, how many are worked on at two sites at once"),
            NumberField(
                "refundsPerMille", 0...1_000, \.refundsPerMille,
                "Of a thousand tickets, how many ask for a refund"),
            NumberField(
                "refundsAskedTwicePerMille", 0...1_000, \.refundsAskedTwicePerMille,
                "Of a thousand refunds, how many are asked for at a second counter too"),
            NumberField(
                "transfersPerMille", 0...1_000, \.transfersPerMille,
                "Of a thousand tickets, how many are handed to another branch"),
            NumberField(
                "provincePerMille", 0...1_000, \.provincePerMille,
                "Of a thousand changes, how many the province makes on a branch's tickets"),
            NumberField(
                "closedAndEscalatedPerMille", 0...1_000, \.closedAndEscalatedPerMille,
                "Of a thousand tickets, how many are closed at one site while another escalates them"),
            NumberField(
                "attachmentsPerMille", 0...1_000, \.attachmentsPerMille,
                "Of a thousand tickets, how many have a file attached"),
            NumberField(
                "allowanceFen", 0...100_000_000, \.allowanceFen,
                "What every branch may pay out at its counters before it asks for more, in fen; 0 for no allowances"),
            NumberField(
                "rosterChangesPerDay", 0...1_000, \.rosterChangesPerDay,
                "How often a day the province takes a role from somebody, where the standard has procedures; 0 for no "
                    + "rosters: everybody may do everything"),
        ]
    }
}

extension ExchangeSettings: NumberedSettings {
    static var numbers: [NumberField<ExchangeSettings>] {
        [
            NumberField(
                "pollHoldSeconds", 1...3_600, \.pollHoldSeconds,
                "How long the hub holds a poll without news; a node's own value is 20"),
            NumberField("batchBytes", 100...4_194_304, \.batchBytes, "Bytes of changes that a branch pushes at once"),
            NumberField("queueJobs", 1...100_000, \.queueJobs, "Jobs that may wait for a site's writer"),
        ]
    }
}

extension HubSettings: NumberedSettings {
    static var numbers: [NumberField<HubSettings>] {
        [
            NumberField(
                "speedPerMille", 1...100_000, \.speedPerMille,
                "How fast the hub is, of the machine that was measured: 500 takes twice as long")
        ]
    }
}

extension Expectations: NumberedSettings {
    static var numbers: [NumberField<Expectations>] {
        [
            NumberField(
                "syncLagP99Seconds", 0...31_622_400, \.syncLagP99Seconds,
                "Of a hundred changes, 99 are at the hub within so long"),
            NumberField(
                "backlogPeakOperations", 0...100_000_000, \.backlogPeakOperations,
                "At no site do more changes wait to be sent"),
            NumberField(
                "hubCPUPerMilleP95", 0...1_000, \.hubCPUPerMilleP95,
                "In 95 of a hundred hours the hub's processor is not busier than this"),
            NumberField(
                "levelAgainSeconds", 0...31_622_400, \.levelAgainSeconds,
                "Every site is level again so long after its own fault ended"),
        ]
    }
}
