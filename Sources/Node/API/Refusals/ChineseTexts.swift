/// The Chinese of what the API refuses: a sentence in English, and under it, behind blanks, the same in Chinese.
///
/// `{0}` stands for a value that is put in as it is, `{=0}` for a clause that has its own Chinese here, `{¥0}` for fen
/// told in yuan, `{errors}` for what is wrong with each field. A value may be left out of the Chinese.
enum ChineseTexts {
    static let all = [
        tickets, files, work, rules, judgements, province, knowledge, access, requests, flaws,
    ]

    /// Names of fields, before what is wrong with them.
    static let fields = """
        access
          权限
        add
          增加
        agent
          坐席版
        amountFen
          金额（分）
        area
          区域
        assignee
          处理人
        categories
          分类
        category
          分类
        charge
          费用编号
        customer
          客户
        department
          处理部门
        description
          内容
        effective
          生效时间
        field
          字段
        from
          开始时间
        home
          归属
        keywords
          关键词
        name
          名称
        new
          新密码
        old
          原密码
        parent
          主单
        password
          密码
        phone
          电话
        reason
          原因
        remove
          移除
        site
          站点
        sites
          范围
        state
          状态
        step
          环节
        subject
          主题
        text
          说明
        title
          标题
        to
          去向
        type
          类型
        until
          预计恢复
        version
          版本
        wording
          统一口径
        """
}
