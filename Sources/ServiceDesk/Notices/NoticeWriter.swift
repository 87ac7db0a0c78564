import Replication
import Standards

/// Puts a notice into words, and finds where it goes, as things stand when it is sent.
public struct NoticeWriter {
    /// Where a channel's addresses stand.
    public struct Route: Equatable, Sendable {
        /// Such as `sms`, `wechat`, `mail`.
        public let channel: String
        /// A field of the form.
        public let field: String

        public init(channel: String, field: String) {
            self.channel = channel
            self.field = field
        }

        /// The field that the province's forms have for a telephone; where it is empty, the customer's own.
        public static let sms = Route(channel: "sms", field: "contactPhone")
    }

    private let book: NoticeBook
    private let language: NoticeTemplate.Language
    private let routes: [Route]
    private let time: (Int64) -> String
    private let link: (Notice) -> String?

    /// - Parameters:
    ///   - routes: the first that the ticket has an address for is taken.
    ///   - time: how a time is written.
    ///   - link: where the customer can follow the ticket; nil while there is no such page.
    public init(
        _ book: NoticeBook, language: NoticeTemplate.Language, routes: [Route], time: @escaping (Int64) -> String,
        link: @escaping (Notice) -> String?
    ) {
        self.book = book
        self.language = language
        self.routes = routes
        self.time = time
        self.link = link
    }

    public func message(_ notice: Notice, honoursKey: Bool, at now: Int64) throws -> NoticeMessage {
        let row = try book.store.row(number: notice.entity)
        let standing = try book.standing(of: row)
        let template = standing?.pack.notice(of: notice.step, type: standing?.type.id ?? "") ?? .builtIn
        let text = text(notice, row, template, standing?.type, now)
        let found = try address(row)
        return NoticeMessage(
            notice: notice, channel: found?.channel ?? routes.first?.channel ?? Route.sms.channel,
            address: found?.address, text: text, template: template.id, honoursKey: honoursKey)
    }

    private func text(
        _ notice: Notice, _ row: EntityRow, _ template: NoticeTemplate, _ type: TicketType?, _ now: Int64
    ) -> String {
        let text = template.filled(in: language) { place in
            switch place {
            case .number: row.state.creation?.label
            case .type: type.map { word($0.name) } ?? row.state[TicketField.type].textValue
            case .stage: type?.state(notice.stage).map { word($0.name) } ?? notice.stage
            case .promised: promised(row, now).map(time)
            case .link: link(notice)
            }
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(NoticeLimits.textLength)))
    }

    /// When the work is to be done, counted anew: the list of due times is kept a moment behind the changes. One that
    /// has gone by is no promise.
    private func promised(_ row: EntityRow, _ now: Int64) -> Int64? {
        let timing = try? TicketTiming(of: row, in: book.store, shelf: book.shelf, at: now)
        let due = timing?.readings.first { $0.kind == .solution && $0.stopped == nil }?.due?.milliseconds
        return due.flatMap { $0 > now ? $0 : nil }
    }

    private func word(_ name: LocalText) -> String { language == .zh ? name.zh : name.en }

    private func address(_ row: EntityRow) throws -> (channel: String, address: String)? {
        for route in routes {
            if let text = Self.address(row.state[FieldNumbers.field(route.field)]) { return (route.channel, text) }
            guard route.field == Route.sms.field,
                let customer = row.state[TicketField.customer].bytesValue.flatMap({
                    EntityID(kind: .customer, bytes: $0)
                }),
                let phone = try book.store.row(customer).flatMap({ Self.address($0.state[CustomerField.phone]) })
            else { continue }
            return (route.channel, phone)
        }
        return nil
    }

    private static func address(_ value: Value) -> String? {
        let text = value.textValue?.split(separator: " ", omittingEmptySubsequences: true).joined() ?? ""
        return text.isEmpty ? nil : text
    }
}
