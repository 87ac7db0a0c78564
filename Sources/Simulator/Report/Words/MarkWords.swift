/// What rare cases are called; a name that is not known stands for itself.
enum MarkWords {
    static func words(_ name: String) -> Words {
        Words(zh: RareEvent(rawValue: name).map(chinese) ?? name, en: name)
    }

    private static func chinese(_ event: RareEvent) -> String {
        switch event {
        case .consulted: "步骤之前已与相关方协商"
        case .doneInWindow: "在约定的时间窗口内完成步骤"
        case .ended: "工单按流程办结"
        case .escalated: "工单升级到省中心"
        case .escalatedWhileCutOff: "分公司断线期间升级工单"
        case .expedited: "客户催单"
        case .givenBack: "省中心退回工单"
        case .handOverReturned: "工单转派后被退回"
        case .actedUnheard: "角色已被收回而站点尚未得知，其操作保留并列出"
        case .decidedAbove: "超出本人权限的退费，由有权者审批"
        case .decidedWithin: "在申请人权限之内的退费，立即批准"
        case .roleContested: "省中心收回角色的同时分公司授予"
        case .roleTaken: "收回角色"
        case .resultUsed: "一张工单的结果被另一张采用"
        case .resumed: "工单挂起后解挂"
        case .rolledBack: "变更被回退"
        case .stepLate: "环节超时后回单"
        case .taken: "省中心接管工单"
        case .vetoed: "评审被否决"
        case .vetoedWhileApproved: "一个分公司否决评审，同时另一个同意"
        case .votedAgain: "评审后续轮次的表决"
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
