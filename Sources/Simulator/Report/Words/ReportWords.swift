/// Every fixed wording of the report, in both languages.
struct ReportWords {
    static let standard = ReportWords()

    let rehearsal = Words(zh: "演练报告", en: "Rehearsal report")
    let question = Words(zh: "要回答的问题", en: "The question")
    let answer = Words(zh: "演练结果", en: "What the run shows")
    let atAGlance = Words(zh: "一览", en: "At a glance")
    let contents = Words(zh: "目录", en: "Contents")
    let language = Words(zh: "语言", en: "Language")

    let worstLag = Words(zh: "最长同步滞后", en: "Longest sync lag")
    let backlogPeak = Words(zh: "最大积压", en: "Largest backlog")
    let slowestHeal = Words(zh: "最慢恢复一致", en: "Slowest to be level")
    let hubBusy = Words(zh: "省中心 CPU p95", en: "Hub CPU p95")
    let conflictsPerThousand = Words(zh: "每千次修改冲突", en: "Conflicts per 1,000 edits")
    let refundsPaid = Words(zh: "已付退费", en: "Refunds paid")
    let changes = Words(zh: "变更", en: "changes")
    let tickets = Words(zh: "工单", en: "tickets")

    let faults = Words(zh: "注入的故障", en: "What went wrong")
    let faultsCaption = Words(
        zh: "图中阴影带上的编号即本表编号；线型花纹表示故障所在。",
        en: "The numbers are those on the shaded bands of the pictures; the pattern says what part was hit.")
    let noFaults = Words(zh: "没有注入故障。", en: "Nothing went wrong.")
    let fault = Words(zh: "故障", en: "Fault")
    let part = Words(zh: "所在", en: "Part")
    let from = Words(zh: "开始", en: "From")
    let lasted = Words(zh: "持续", en: "For")
    let moment = Words(zh: "瞬间", en: "a moment")
    let allBranches = Words(zh: "全部分公司", en: "all branches")
    let theHub = Words(zh: "省中心", en: "the hub")

    let lag = Words(zh: "同步滞后", en: "Sync lag")
    let lagAbout = Words(
        zh: "从变更在本地写下，到省中心收下为止。",
        en: "From the writing of a change at its site to its admission at the hub.")
    let lagTable = Words(zh: "全程各站点同步滞后", en: "Sync lag by site, of the whole run")
    let lagByHour = Words(zh: "逐小时同步滞后", en: "Sync lag by hour")
    let lagByHourAbout = Words(
        zh: "对数刻度。灰条：p50 到 p95；细线：到最大值；黑线：p99。斜纹带：故障。时间为本省时间。",
        en: "Logarithmic. Grey bar: p50 to p95. Hairline: up to the maximum. Black line: p99. Patterned: faults. "
            + "Times are the province's.")
    let site = Words(zh: "站点", en: "Site")
    let count = Words(zh: "变更数", en: "Changes")
    let maximum = Words(zh: "最大", en: "Max")
    let noLag = Words(zh: "没有变更", en: "no changes")

    let backlog = Words(zh: "积压", en: "Backlog")
    let backlogAbout = Words(
        zh: "尚未被省中心收下的变更。各站点同一纵轴，右侧为峰值。",
        en: "Changes not yet at the hub. One scale for all sites; the peak stands at the right.")
    let peak = Words(zh: "峰值", en: "peak")

    let level = Words(zh: "故障解除后恢复一致", en: "Time to level after each heal")
    let levelAbout = Words(
        zh: "从故障解除，到该站点与省中心完全一致。",
        en: "From the end of a fault to the moment the site and the hub were level.")
    let noHeals = Words(zh: "没有故障解除。", en: "No fault ended.")
    let healed = Words(zh: "解除", en: "Ended")
    let levelAfter = Words(zh: "恢复一致用时", en: "Level after")
    let levelAt = Words(zh: "恢复一致于", en: "Level at")
    let never = Words(zh: "始终未一致", en: "never")

    let conflicts = Words(zh: "冲突", en: "Conflicts")
    let field = Words(zh: "字段", en: "Field")
    let rule = Words(zh: "裁决规则", en: "Rule")
    let number = Words(zh: "次数", en: "Times")
    let perThousand = Words(zh: "每千次修改", en: "Per 1,000 edits")
    let commonestPair = Words(zh: "最常见的两端", en: "Commonest pair")
    let stage = Words(zh: "步骤", en: "step")
    let laterWins = Words(zh: "后者为准", en: "the later wins")
    let overtaken = Words(zh: "已被超越", en: "overtaken")
    let inAll = Words(zh: "合计", en: "In all")
    let noConflicts = Words(zh: "没有发生冲突。", en: "There were no conflicts.")

    let refunds = Words(zh: "退费", en: "Refunds")
    let asked = Words(zh: "申请", en: "Asked for")
    let granted = Words(zh: "批准", en: "Granted")
    let refused = Words(zh: "拒绝", en: "Refused")
    let asDuplicates = Words(zh: "其中重复申请", en: "of them as duplicates")
    let waiting = Words(zh: "待定", en: "Waiting")
    let paid = Words(zh: "已付", en: "Paid")
    let paidSum = Words(zh: "已付金额", en: "Sum paid")

    let service = Words(zh: "服务时限", en: "Service limits")
    let serviceAbout = Words(
        zh: "省中心曾判为超时的时钟，待全部数据到齐后再看：真正超时，还是数据迟到所致。",
        en: "Clocks of tickets that the hub once called over, looked at again when all had come: whether they were, or "
            + "only what had been done in time was late to come.")
    let clocks = Words(zh: "有时限的时钟", en: "Clocks with a limit")
    let breachesSeen = Words(zh: "曾判超时", en: "Called over")
    let breachesTrue = Words(zh: "真正超时", en: "True breaches")
    let inDoubt = Words(zh: "其中未确认", en: "of them not confirmed")
    let breachesByLag = Words(zh: "仅因数据迟到", en: "Caused by lag alone")
    let breachesRevised = Words(zh: "后经更正", en: "Revised since")

    let hub = Words(zh: "省中心", en: "The hub")
    let hubAbout = Words(
        zh: "逐小时。CPU 由标定推算。收发为报文正文，不含报文头。右侧为最忙的一小时。",
        en: "By the hour. CPU is a model fed by a calibration. In and out are the bodies of messages, without their "
            + "heads. The busiest hour stands at the right.")
    let cpu = Words(zh: "CPU", en: "CPU")
    let requests = Words(zh: "请求", en: "Requests")
    let bytesIn = Words(zh: "收到", en: "In")
    let bytesOut = Words(zh: "发出", en: "Out")
    let perHourMost = Words(zh: "最忙一小时", en: "Busiest hour")
    let wholeRun = Words(zh: "全程", en: "Whole run")

    let databases = Words(zh: "数据库大小", en: "Databases")
    let databasesAbout = Words(
        zh: "结束时的大小；「每天」按全程平均。",
        en: "Size at the end. What grew in a day is the mean over the run.")
    let size = Words(zh: "大小", en: "Size")
    let growth = Words(zh: "每天", en: "A day")
    let perChange = Words(zh: "每次变更", en: "A change")
    let crashes = Words(zh: "崩溃", en: "Crashes")
    let slowestWrite = Words(zh: "最慢本地写入", en: "Slowest local write")

    let links = Words(zh: "线路用量", en: "Links")
    let linksAbout = Words(
        zh: "每天字节数（含报文头与连接开销）与线路能力相比。图：实心为上行，空心为下行，各行自有刻度。",
        en: "Bytes a day, heads and framing of messages among them, against what the link can carry. Bars: filled up, "
            + "hollow down, each row on its own scale.")
    let up = Words(zh: "上行/天", en: "Up a day")
    let down = Words(zh: "下行/天", en: "Down a day")
    let busiestDay = Words(zh: "最忙一天", en: "Busiest day")
    let capacity = Words(zh: "线路能力/天", en: "Link a day")
    let share = Words(zh: "占比", en: "Share")
    let byDay = Words(zh: "逐日", en: "By day")

    let expectations = Words(zh: "期望", en: "Expectations")
    let noExpectations = Words(zh: "场景没有提出期望。", en: "The scenario expects nothing.")
    let expectation = Words(zh: "期望", en: "Expectation")
    let atMost = Words(zh: "至多", en: "At most")
    let was = Words(zh: "实际", en: "Was")
    let met = Words(zh: "达到", en: "met")
    let missed = Words(zh: "未达到", en: "missed")
    let notMeasured = Words(zh: "无可测量", en: "nothing to measure")
    let syncLagP99 = Words(zh: "同步滞后 p99", en: "Sync lag p99")
    let backlogMost = Words(zh: "积压峰值", en: "Backlog peak")
    let hubCPUMost = Words(zh: "省中心 CPU p95", en: "Hub CPU p95")
    let levelAgain = Words(zh: "故障解除后恢复一致", en: "Level again after a fault")

    let promises = Words(zh: "十项承诺", en: "The ten promises")
    let promise = Words(zh: "承诺", en: "Promise")
    let invariants = Words(zh: "检查的不变式", en: "What was checked")
    let invariant = Words(zh: "不变式", en: "Invariant")
    let finding = Words(zh: "结论", en: "Finding")
    let checked = Words(zh: "检查次数", en: "Checked")
    let holds = Words(zh: "成立", en: "holds")
    let broken = Words(zh: "违反", en: "broken")
    let notExercised = Words(zh: "未检验", en: "not exercised")
    let notExercisedAbout = Words(
        zh: "「未检验」不是通过：这次演练没有考到它。",
        en: "Not exercised is no pass: nothing in this run put it to the test.")
    let waitsFor = Words(zh: "有待：", en: "waits for ")
    let kind = Words(zh: "类别", en: "Kind")
    let safety = Words(zh: "安全性", en: "safety")
    let liveness = Words(zh: "活性", en: "liveness")
    let breaches = Words(zh: "违反的经过", en: "What broke")
    let missing = Words(zh: "尚缺什么", en: "What is missing")

    let marks = Words(zh: "难得的情形", en: "Rare cases met")
    let marksAbout = Words(
        zh: "没有列出的情形，或出现 0 次的，本次没有试到。",
        en: "A case that is not listed, or met 0 times, has not been tried.")
    let mark = Words(zh: "情形", en: "Case")

    let run = Words(zh: "如何重复", en: "To repeat this run")
    let seed = Words(zh: "种子", en: "Seed")
    let build = Words(zh: "程序版本", en: "Build")
    let digest = Words(zh: "事件摘要", en: "Digest of events")
    let scenarioDigest = Words(zh: "场景摘要", en: "Digest of the scenario")
    let span = Words(zh: "模拟时长", en: "Simulated span")
    let starts = Words(zh: "开始时间", en: "Starts")
    let events = Words(zh: "事件数", en: "Events")
    let command = Words(zh: "命令", en: "Command")
    let verdict = Words(zh: "判定", en: "Verdict")
    let province = Words(zh: "省份", en: "Province")
    let others = Words(zh: " 行未列出，见 JSON 文件。", en: " more stand in the JSON file.")
    let hoursInBar = Words(zh: "每根条代表若干小时中最差的一小时，小时数：", en: "Each bar is the worst hour of so many: ")

    let comparison = Words(zh: "两次演练对比", en: "Two rehearsals side by side")
    let figure = Words(zh: "指标", en: "Figure")
    let difference = Words(zh: "差", en: "Difference")
    let neverLevel = Words(zh: "始终未一致的站点次数", en: "Heals never level")
    let allConflicts = Words(zh: "冲突次数", en: "Conflicts")
    let duplicateRefunds = Words(zh: "拒绝的重复退费", en: "Refunds refused as duplicates")
    let bytesToHub = Words(zh: "送往省中心的字节", en: "Bytes to the hub")
    let bytesFromHub = Words(zh: "省中心送出的字节", en: "Bytes from the hub")
    let hubRequests = Words(zh: "省中心请求数", en: "Hub requests")
    let hubDatabase = Words(zh: "省中心数据库", en: "Hub database")
    let allChanges = Words(zh: "变更数", en: "Changes")
    let allTickets = Words(zh: "工单数", en: "Tickets")
    let greatestP99 = Words(zh: "最大的站点 p99", en: "Greatest p99 of a site")
    let backlogBySite = Words(zh: "各站点积压峰值", en: "Backlog peak by site")
    let lagP99BySite = Words(zh: "各站点同步滞后 p99", en: "Sync lag p99 by site")

    func words(_ finding: Finding) -> Words {
        switch finding {
        case .holds: holds
        case .broken: broken
        case .notExercised: notExercised
        }
    }

    /// What an expectation of the scenario's is called; its bare key if it is new.
    func expectation(_ key: String) -> Words {
        switch key {
        case "syncLagP99Seconds": syncLagP99
        case "backlogPeakOperations": backlogMost
        case "hubCPUPerMilleP95": hubCPUMost
        case "levelAgainSeconds": levelAgain
        default: Words(key)
        }
    }

    /// The value of an expectation with its unit, which its key names.
    func value(_ value: Int64, of key: String) -> Words {
        if key.hasSuffix("Seconds") { return SpanWords.exact(milliseconds: min(value, FigureText.most) * 1_000) }
        if key.contains("PerMille") { return Words(FigureText.percent(perMille: value)) }
        return Words(FigureText.grouped(value))
    }

    func field(_ name: String) -> Words { name == "stage" ? stage : Words(name) }

    func rule(_ name: String) -> Words {
        switch name {
        case "laterWins": laterWins
        case "overtaken": overtaken
        default: Words(name)
        }
    }
}
