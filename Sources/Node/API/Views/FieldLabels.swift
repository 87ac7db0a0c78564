import Replication
import ServiceDesk
import Standards

/// What the fields that every ticket has are called, whatever a pack says of its own.
enum FieldLabels {
    static func label(_ field: Field) -> LocalText? {
        switch field {
        case TicketField.type: LocalText(zh: "工单类型", en: "Ticket type")
        case TicketField.subject: LocalText(zh: "主题", en: "Subject")
        case TicketField.description: LocalText(zh: "内容", en: "Description")
        case TicketField.home: LocalText(zh: "归属分公司", en: "Home branch")
        case TicketField.transferTo: LocalText(zh: "转派至", en: "Offered to")
        case TicketField.customer: LocalText(zh: "客户", en: "Customer")
        case TicketField.category: LocalText(zh: "业务类别", en: "Category")
        case TicketField.assignee: LocalText(zh: "处理人", en: "Assignee")
        case TicketField.pack: LocalText(zh: "所依标准", en: "Standard")
        case TicketField.openedAt: LocalText(zh: "受理时间", en: "Opened at")
        case TicketField.source: LocalText(zh: "来源", en: "Source")
        case TicketField.sourceKey: LocalText(zh: "来源编号", en: "Key at the source")
        case TicketField.isSupervised: LocalText(zh: "挂牌督办", en: "Supervised")
        case TicketField.sourceVersion: LocalText(zh: "来源版本", en: "Version at the source")
        case TicketField.sourceTime: LocalText(zh: "来源时间", en: "Time at the source")
        case TicketField.sourceColumns: LocalText(zh: "来源其他列", en: "Other columns of the source")
        case TicketField.collaborators: LocalText(zh: "协办分公司", en: "Helping branches")
        case TicketField.department: LocalText(zh: "处理部门", en: "Department")
        case TicketField.handOverTo: LocalText(zh: "移交至", en: "Handed to")
        case TicketField.heldBy: LocalText(zh: "省中心接管", en: "Taken by the province")
        case TicketField.escalation: LocalText(zh: "升级原因", en: "Reason for escalating")
        case TicketField.parent: LocalText(zh: "主单", en: "Parent ticket")
        case TicketField.round: LocalText(zh: "评审轮次", en: "Round of review")
        case TicketField.expedites: LocalText(zh: "催单次数", en: "Times expedited")
        case TicketField.articles: LocalText(zh: "引用知识", en: "Article of use")
        default: nil
        }
    }
}
