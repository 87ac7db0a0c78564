/// What rare cases are called; a name that is not known stands for itself.
enum MarkWords {
    static func words(_ name: String) -> Words {
        Words(zh: RareEvent(rawValue: name).map(chinese) ?? name, en: name)
    }

    private static func chinese(_ event: RareEvent) -> String {
        switch event {
        case .bulkImport: "批量导入一个文件"
        case .clockCorrected: "上传前校正了时间"
        case .copied: "磁盘被复制，两台主机都在使用"
        case .conflictKept: "落败的修改被保留并列出"
        case .duplicateRefused: "同一收费的第二次退费被拒绝"
        case .editedAtTwoBranches: "同一工单在两个分公司同时修改"
        case .editedWithProvince: "同一工单在分公司与省中心同时修改"
        case .enrolledAnew: "新主机以原名称重新加入"
        case .epochBegun: "省中心开始新纪元"
        case .failedWrite: "写入未能保存，并已告知"
        case .fileAttached: "工单附加了文件"
        case .gaveUp: "写入尝试 8 次后放弃"
        case .hubReplaced: "省中心磁盘丢失"
        case .lostWithDisk: "随最后一块持有它的磁盘丢失的修改"
        case .offered: "工单请求移交另一分公司"
        case .powerLostInWrite: "写入途中断电"
        case .promoted: "备用中心升格为省中心"
        case .putBack: "旧数据库被放回"
        case .refundAskedTwice: "同一退费在两个柜台申请"
        case .standardChanged: "标准变更"
        case .stepAgainstStep: "两个步骤相互冲突"
        case .stepOvertaken: "被抢先的步骤已列出"
        case .transferred: "移交被接受"
        }
    }
}
