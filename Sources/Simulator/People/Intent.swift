import Replication
import ServiceDesk
import Standards

/// What somebody who has read a ticket means to do with it.
struct Intent {
    /// Nil: nothing can be done now.
    var action: TicketAction?
    /// In which role, a word of the standard.
    var role = "clerk"
    /// Which of the people in that role.
    var person = 0
    /// Content to be put in before it is attached.
    var file: [UInt8]?
    /// Ticket types of which one is opened for this ticket once the action is done.
    var opens: String?
    var marks: [RareEvent] = []
    /// The ticket has come to its end.
    var isOver = false
    /// What comes next is the province's.
    var isProvinces = false

    static let nothing = Intent()

    init(_ action: TicketAction? = nil, marks: [RareEvent] = []) {
        self.action = action
        self.marks = marks
    }
}
