/// What the ten promises say.
struct PromiseWords {
    /// The names that stand in the JSON, in their order there.
    static let names = [
        "localService", "durable", "converges", "nothingSilent", "once", "oneStandard", "scope", "rebuild", "honestHub",
        "badInput",
    ]

    let localService = Words(
        zh: "本地服务不等省中心：线路中断时，本地读写一样快",
        en: "A branch never waits for the hub: with the line down, local reads and writes are as fast")
    let durable = Words(
        zh: "已确认的不会丢：断电、崩溃、磁盘写满之后仍在",
        en: "What was acknowledged survives power loss, crashes and full disks")
    let converges = Words(
        zh: "听到相同变更的站点，显示相同的状态，与先后无关",
        en: "Sites that heard the same changes show the same state, in whatever order")
    let nothingSilent = Words(
        zh: "没有悄悄的覆盖：每个落选的并发修改都保留可见",
        en: "Nothing is overwritten silently: every losing edit is kept and shown")
    let once = Words(
        zh: "只应发生一次的只发生一次：退费、通知、回访",
        en: "What must happen once happens once: a refund, a notice, a survey")
    let oneStandard = Words(
        zh: "标准统一：工单按开单时的版本衡量，分公司只能收紧",
        en: "One standard: a ticket is measured by the version it was opened under")
    let scope = Words(
        zh: "站点只保存和收到自己有权看到的",
        en: "A site holds and is sent only what it may see")
    let rebuild = Words(
        zh: "任何节点都能重建：分公司从省中心，省中心从分公司",
        en: "Any node can be rebuilt: a branch from the hub, the hub from its branches")
    let honestHub = Words(
        zh: "省中心不装懂：未上报不等于零，每个汇总都注明新旧",
        en: "The hub never pretends: not reported is not zero, and every total says how fresh it is")
    let badInput = Words(
        zh: "坏输入被清楚地拒绝，并且不伤害其他",
        en: "Bad input is refused with a clear error, and harms nothing else")

    static let standard = PromiseWords()

    /// The promise in a line; its bare name if it is not one of the ten.
    func words(_ name: String) -> Words {
        switch name {
        case "localService": localService
        case "durable": durable
        case "converges": converges
        case "nothingSilent": nothingSilent
        case "once": once
        case "oneStandard": oneStandard
        case "scope": scope
        case "rebuild": rebuild
        case "honestHub": honestHub
        case "badInput": badInput
        default: Words(name)
        }
    }
}
