/// What rare cases are called; a name that is not known stands for itself.
enum MarkWords {
    static func words(_ name: String) -> Words { Words(zh: chinese[name] ?? name, en: name) }

    private static let chinese = [
        "a standard changed": "标准变更",
        "a step against another step": "两个步骤相互冲突",
        "a ticket offered to another branch": "工单请求移交另一分公司",
        "a transfer accepted": "移交被接受",
        "bulk import": "批量导入",
        "one refund asked at two counters": "同一退费在两个柜台申请",
        "one ticket edited at two branches at once": "同一工单在两个分公司同时修改",
        "one ticket edited at two sites at once": "同一工单在两个站点同时修改",
        "power lost in the middle of a write": "写入途中断电",
        "somebody gave up on a write after \(People.triesMax) tries": "写入尝试 \(People.triesMax) 次后放弃",
        "times corrected before they were sent": "上传前校正了时间",
    ]
}
