extension ChineseTexts {
    /// Of what the province does.
    static let province = """
        {=0} at the hub.
          {=0}须在省中心办理。
        Ask the hub, {0} to do it.
          请由省中心办理（{0}）。
        Only the province {=0}.
          只有省中心可以{=0}。
        Ask the province.
          请联系省中心。

        There is no announcement of that identifier here.
          本站没有这条公告。
        List them: GET /api/announcements.
          请查看公告列表。
        The announcement is not right: {errors}.
          公告填写有误：{errors}。
        Correct these and send it again.
          请更正后重新提交。
        {0} announcements hold already.
          已有 {0} 条公告生效。
        Withdraw one that is over.
          请先撤回已结束的公告。
        The announcement is withdrawn already.
          该公告已撤回。
        The announcement has changed.
          该公告已变化。
        Look at it again.
          请查看最新内容。
        An announcement ends after it begins, and within {0} days.
          公告的结束时间须晚于开始时间，且不超过 {0} 天。
        Correct the times.
          请更正时间。
        An announcement has words in both languages and is about a category.
          公告须有中英文内容，并选择分类。
        Name them.
          请补充填写。
        A text of an announcement {=0}.
          公告内容{=0}。

        The charge is {0}'s to pay out of its allowance.
          该费用由 {0} 从其退费额度中支付。
        There: `tributary allowance pay`.
          请在该站点办理：tributary allowance pay。
        Standard {0} permits no refunds.
          服务标准 {0} 不允许退费。
        The refund cannot be asked for.
          不能申请这笔退费。
        Whoever did this may decide refunds of {¥0} fen; this one is of {¥1}.
          操作人可审批的退费上限为 {¥0} 元，这笔为 {¥1} 元。
        Let somebody decide it who may: `tributary staff list`.
          请由有权限的人审批。
        No request is named.
          没有选择申请。
        There is no request {0} here.
          本站没有这份申请（{0}）。
        `tributary decisions list` lists those there are.
          请查看退费审批列表。
        There is no admitted request {0} here.
          没有已收录的申请 {0}。
        List the open ones at /api/decisions.
          请查看待审批列表。
        Nothing was decided; it can be when that has ended.
          没有审批，待上述情况结束后可再审批。
        Request {0} was brought back by another site than the one that wrote it.
          申请 {0} 由另一站点代为恢复，不是原站点提交的。
        It is decided when its own site has called.
          待原站点恢复通信后再审批。
        One that will not come back is declared lost: tributary site lost SITE.
          站点不再恢复时，请声明失联：tributary site lost SITE。
        Not every site that may hold an answer to request {0} has been heard in this epoch.
          可能存有申请 {0} 审批结果的站点尚未全部恢复通信。
        It is decided when they have called.
          待其恢复通信后再审批。
        This hub neither exchanges nor decides: {0}.
          省中心目前停止同步和审批，须由管理员检查。
        Stop the hub.
          请停止省中心节点。
        If its database was put back: tributary hub restore --data DIR.
          如数据库被恢复过：tributary hub restore --data DIR。
        If another hub has taken over: leave this one stopped.
          如已有其他省中心接替：请保持停止。
        If you have looked and nothing is wrong: tributary hub continue --data DIR.
          如检查后没有问题：tributary hub continue --data DIR。
        This hub gathers what its sites hold and decides nothing until enough are compared.
          省中心正在与各站点核对数据，核对完成之前不审批。
        This hub gathers what its sites hold and decides nothing until enough are compared; still to come: {0}.
          省中心正在与各站点核对数据，核对完成之前不审批；尚待：{0}。
        It knows of no site yet: let the branches come; they do so by themselves.
          还没有站点：各分公司会自动连接，请等待。
        Let them come: start their nodes and lines.
          请启动这些站点的节点，并恢复线路。
        Of one that will not come back say so: tributary site lost SITE --data DIR.
          站点不再恢复时，请声明失联：tributary site lost SITE --data DIR。

        Nothing of change {0} can be done again.
          更改 {0} 没有可重新提交的内容。
        Work on the ticket as it is.
          请按工单现状办理。
        The step cannot be taken now: {=0}.
          现在不能执行该操作：{=0}。
        {0} leaves {1}, and the ticket is {2}
          “{0}”只能从 {1} 执行，工单当前为 {2}
        Move the ticket to where it can, or leave the change as it is.
          请先把工单转到相应环节，或维持现状。
        None of the {0} steps can be taken now: {=1}.
          {0} 个操作现在都不能执行：{=1}。
        Move the ticket to where they can, or settle them as they are.
          请先把工单转到相应环节，或维持现状并处理冲突。
        Change {0} was not refused.
          更改 {0} 没有被拒绝。
        `tributary refusals list` lists those that were.
          请查看被拒更改列表。
        `tributary refusals list` names the changes that were refused.
          请查看被拒更改列表。
        Change {0} was refused, which is no conflict.
          更改 {0} 已被拒绝，不属于冲突。
        `tributary refusals reinstate {0}` does it again.
          请在被拒更改中重新提交。
        Change {0} has lost nothing here that is still open.
          更改 {0} 没有待处理的冲突。
        `tributary conflicts` lists what is.
          请查看冲突列表。
        `tributary conflicts` names the losing change of each conflict.
          请查看冲突列表。
        That is no change's name.
          这不是更改的编号。
        The directory has no such site.
          站点目录中没有这个站点。
        `tributary site list` lists those it has.
          请查看站点目录：tributary site list。

        There is no standard of that version here.
          本站没有该版本的服务标准。
        List them: GET /api/standards.
          请查看服务标准列表。
        List them: GET /api/sites.
          请查看分公司列表。
        This standard is published already, to take effect at another time.
          该服务标准已发布，生效时间不同。
        Give it a new version and publish that.
          请改用新的版本号发布。
        A standard takes effect from now on and within ten years.
          生效时间须在现在之后、十年之内。
        Correct the time.
          请更正时间。
        Another standard is called version {0}.
          版本号 {0} 已用于另一份服务标准。
        Give this one a new version.
          请改用新的版本号。
        Fields {0} and {1} fall on one number.
          字段“{0}”与“{1}”的编号相同。
        Rename one of them.
          请将其中一个改名。
        The standard has {0}.
          服务标准有误。
        Nothing was published.
          没有发布。
        Correct what is listed and publish it again.
          请更正所列问题后重新发布。
        Announcements are published
          发布公告
        Announcements are withdrawn
          停用公告
        Articles are written
          编写知识
        Backups are noted
          登记备份
        Contributions are answered
          答复反馈
        Customers are told
          通知客户
        Drafts and what was withdrawn are listed
          查看草稿和已停用的知识
        Files that exist at one place only are listed
          查看只有一份的文件
        Requests are decided
          审批申请
        Sites are added
          增加站点
        Sites are declared lost
          宣布站点丢失
        Sites are revoked
          停用站点
        Standards are published
          发布服务标准
        The province's time is set
          设置全省时间
        Tokens are made
          发放令牌
        What a standard would change is looked at
          预览服务标准的变化
        What another site may see is known
          查看其他站点的可见范围
        announces
          发布公告
        withdraws an announcement
          停用公告
        Since this hub was started it has not heard {0}: its database may have been put back.
          省中心本次启动后尚未与 {0} 通信，不能排除其数据库曾被恢复。
        It decides when enough of them have called.
          待足够多的站点通信后再审批。
        The hub has begun epoch {0} and waits for {1}.
          省中心已进入新纪元（{0}），正在等待 {1}。
        It decides again when enough of them have been heard.
          待足够多的站点通信后恢复审批。
        Its administrator begins a new epoch: stop the hub, then `tributary hub restore --help`.
          请由省中心管理员停止节点，并开始新纪元：tributary hub restore --help。
        """
}
