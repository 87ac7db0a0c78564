/// What the kinds of faults are called.
struct FaultWords {
    static let standard = FaultWords()

    func words(_ kind: FaultKind) -> Words {
        switch kind.device {
        case .network: network(kind)
        case .process, .disk: machine(kind)
        case .clock, .people: world(kind)
        case .hub, .inside: centre(kind)
        }
    }

    /// What part of the world a kind is done to.
    func words(_ device: FaultKind.Device) -> Words {
        switch device {
        case .network: Words(zh: "网络", en: "network")
        case .process: Words(zh: "进程", en: "process")
        case .disk: Words(zh: "磁盘", en: "disk")
        case .clock: Words(zh: "时钟", en: "clock")
        case .people: Words(zh: "人员", en: "people")
        case .hub: Words(zh: "省中心", en: "hub")
        case .inside: Words(zh: "程序内部", en: "inside the program")
        }
    }

    private func network(_ kind: FaultKind) -> Words {
        switch kind {
        case .loss: Words(zh: "丢包", en: "packet loss")
        case .delay: Words(zh: "延迟突增", en: "delay")
        case .reorder: Words(zh: "乱序", en: "reordering")
        case .duplicate: Words(zh: "重复送达", en: "duplicates")
        case .reset: Words(zh: "连接中途重置", en: "resets")
        case .replyLost: Words(zh: "提交后应答丢失", en: "replies lost")
        case .linkCut: Words(zh: "线路中断", en: "link cut")
        case .linkOneWay: Words(zh: "单向中断", en: "link one way")
        case .hubIsolated: Words(zh: "省中心断网", en: "hub isolated")
        case .swizzle: Words(zh: "轮流中断", en: "links cut in turn")
        case .bandwidth: Words(zh: "带宽下降", en: "bandwidth cut")
        case .captivePortal: Words(zh: "被门户页面拦截", en: "captive portal")
        case .corrupt: Words(zh: "数据损坏", en: "corrupt bytes")
        case .flapping: Words(zh: "线路抖动", en: "flapping link")
        default: Words(zh: "按实测轨迹", en: "measured trace")
        }
    }

    private func machine(_ kind: FaultKind) -> Words {
        switch kind {
        case .crash: Words(zh: "崩溃", en: "crash")
        case .crashLoop: Words(zh: "反复崩溃", en: "crash loop")
        case .pause: Words(zh: "停顿", en: "pause")
        case .slowNode: Words(zh: "节点变慢", en: "slow node")
        case .rollingUpgrade: Words(zh: "滚动升级", en: "rolling upgrade")
        case .restoredBackup: Words(zh: "恢复旧备份", en: "backup restored")
        case .replacedMachine: Words(zh: "更换主机", en: "machine replaced")
        case .clonedDisk: Words(zh: "磁盘被克隆", en: "disk cloned")
        case .powerLoss: Words(zh: "断电", en: "power loss")
        case .syncFails: Words(zh: "落盘失败", en: "sync fails")
        case .diskFull: Words(zh: "磁盘已满", en: "disk full")
        case .readError: Words(zh: "读取错误", en: "read errors")
        case .bitRot: Words(zh: "位翻转", en: "bit rot")
        default: Words(zh: "磁盘变慢", en: "slow disk")
        }
    }

    private func world(_ kind: FaultKind) -> Words {
        switch kind {
        case .clockOffset: Words(zh: "时钟偏差", en: "clock offset")
        case .clockDrift: Words(zh: "时钟漂移", en: "clock drift")
        case .clockStep: Words(zh: "时钟跳变", en: "clock step")
        case .wrongYear: Words(zh: "年份错误", en: "wrong year")
        case .wrongZone: Words(zh: "时区错误", en: "wrong zone")
        case .sameTicketTwoBranches: Words(zh: "两地同改一单", en: "one ticket, two branches")
        case .closeAgainstEscalate: Words(zh: "关单对升级", en: "close against escalate")
        case .refundAskedTwice: Words(zh: "重复申请退费", en: "refund asked twice")
        case .transferWhileOffline: Words(zh: "离线时转派", en: "transfer while offline")
        case .storm: Words(zh: "工单激增", en: "storm of tickets")
        case .bulkImport: Words(zh: "批量导入", en: "bulk import")
        default: Words(zh: "标准变更", en: "standard changed")
        }
    }

    private func centre(_ kind: FaultKind) -> Words {
        switch kind {
        case .slowQueries: Words(zh: "查询变慢", en: "slow queries")
        case .overload: Words(zh: "省中心过载", en: "hub overloaded")
        case .failOver: Words(zh: "主备切换", en: "fail-over")
        case .tinyBatches: Words(zh: "极小批次", en: "tiny batches")
        case .earlyTimer: Words(zh: "定时器提前", en: "early timers")
        case .spuriousRetry: Words(zh: "多余重试", en: "spurious retries")
        case .smallQueue: Words(zh: "队列极小", en: "small queue")
        case .flood: Words(zh: "请求洪泛", en: "flood of requests")
        default: Words(zh: "强制全量重传", en: "forced resync")
        }
    }
}
