/// What the invariants say, by their numbers in the specification.
struct InvariantWords {
    let byNumber: [Words] = [
        Words(zh: "已确认的写入不丢失", en: "No acknowledged write lost"),
        Words(zh: "没有无主的操作", en: "No phantom: every stored operation was issued"),
        Words(zh: "退费恰好一次", en: "Refunds exactly once"),
        Words(zh: "重复送达不改变结果", en: "A message delivered twice changes nothing"),
        Words(zh: "与到达顺序无关", en: "Order of arrival does not matter"),
        Words(zh: "混合时钟单调", en: "Hybrid clocks only move forward"),
        Words(zh: "时限计时单调", en: "Service time is monotone, counted once"),
        Words(zh: "范围隔离", en: "Scope isolation: nothing outside a site's scope"),
        Words(zh: "标准统一", en: "Uniform standards: one version, one answer"),
        Words(zh: "只有合法的状态转换", en: "Legal transitions only"),
        Words(zh: "落选的修改都保留", en: "No losing edit is lost"),
        Words(zh: "审计链完整", en: "The audit chain is intact"),
        Words(zh: "一切有界", en: "Everything is bounded, and over a limit it says so"),
        Words(zh: "游标不越过未应用的操作", en: "A cursor never passes an unapplied operation"),
        Words(zh: "两端对已确认位置一致", en: "Hub and node agree on the acknowledged position"),
        Words(zh: "数据库完整", en: "Databases are sound"),
        Words(zh: "旧版本能读新版本", en: "An old version reads a new one"),
        Words(zh: "日志与错误中没有客户资料", en: "No customer's data in logs or errors"),
        Words(zh: "断线时本地照常服务", en: "Local service with the link down"),
        Words(zh: "同一柜台读到自己所写", en: "A counter reads what it wrote"),
        Words(zh: "核心站点按时一致", en: "The core becomes level in time"),
        Words(zh: "核心站点待发清空", en: "The core's outboxes empty"),
        Words(zh: "故障站点不拖慢核心", en: "No broken site slows the core"),
        Words(zh: "没有重试风暴", en: "No storm of retries"),
        Words(zh: "该触发的升级都已触发", en: "Every escalation due has fired"),
        Words(zh: "工单始终只有一个责任方", en: "A ticket has one owner at any time"),
        Words(zh: "备付额度不超支，一笔只付一次", en: "Allowances are not overspent, and pay once"),
        Words(zh: "没有角色的人不能操作", en: "Nobody acts without a role, and nobody who had one is refused"),
        Words(zh: "该告知客户的每一步恰好告知一次", en: "Customers are told of each step exactly once"),
    ]

    static let standard = InvariantWords()

    /// The invariant in a few words; its own name if the number is none of the specification's.
    func words(_ invariant: InvariantResult) -> Words {
        byNumber.indices.contains(invariant.number - 1) ? byNumber[invariant.number - 1] : Words(invariant.name)
    }
}
