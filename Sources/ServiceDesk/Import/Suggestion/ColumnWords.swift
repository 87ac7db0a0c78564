/// What the name of a column gives away, in the languages that files come in.
enum ColumnWords {
    static let key = ["ticket", "number", "case", "protocol", "编号", "单号", "工单", "流水", "id", "no"]
    static let subject = [
        "subject", "title", "summary", "complaint", "主题", "标题", "problem", "symptom", "内容", "description",
    ]
    static let state = ["state", "status", "状态", "concept:name"]
    static let opened = ["opened", "created", "abertura", "受理", "创建", "建单", "date", "time", "时间", "日期"]
    static let updated = ["updated", "modified", "timestamp", "更新", "修改"]
    static let version = ["mod_count", "version", "revision", "sequence", "版本", "序号"]
    static let actor = ["updated_by", "resource", "operator", "处理人", "操作员"]
    static let personal = [
        "name", "phone", "mobile", "address", "caller", "email", "姓名", "电话", "手机", "地址", "证件", "客户名",
    ]

    /// States by the words that stand for them; the first that is found counts.
    static let states: [(word: String, state: String)] = [
        ("reopen", "reopened"), ("closed", "closed"), ("encerrado", "closed"), ("归档", "closed"), ("关闭", "closed"),
        ("resolv", "resolved"), ("solved", "resolved"), ("completed", "resolved"), ("完成", "resolved"),
        ("await", "pending"), ("pending", "pending"), ("wait", "pending"), ("挂起", "held"), ("hold", "held"),
        ("cancel", "cancelled"), ("撤", "cancelled"), ("progress", "inProgress"), ("active", "inProgress"),
        ("accepted", "inProgress"), ("处理", "inProgress"), ("new", "acknowledged"), ("open", "acknowledged"),
        ("queued", "acknowledged"), ("受理", "acknowledged"),
    ]

    /// The columns that one of the words is in, those of the first word first.
    static func columns(_ words: [String], in header: [String]) -> [Int] {
        var found: [Int] = []
        for word in words {
            for (index, name) in header.enumerated() where !found.contains(index) && holds(name.lowercased(), word) {
                found.append(index)
            }
        }
        return found
    }

    /// Two letters are a word of their own, or they would be found in half of all names.
    private static func holds(_ name: String, _ word: String) -> Bool {
        guard word.utf8.count <= 2 else { return name.contains(word) }
        return name.split { !$0.isLetter }.contains { $0 == word }
    }
}
