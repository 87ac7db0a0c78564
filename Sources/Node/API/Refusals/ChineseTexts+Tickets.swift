extension ChineseTexts {
    /// Of what is opened, changed and handed on.
    static let tickets = """
        There is no ticket of that number or identifier here.
          本站没有这个编号的工单。
        Check the number.
          请核对编号。
        A ticket of another branch, or one that has moved there, is not held here: ask that branch, or the hub.
          其他分公司的工单、已转派出去的工单不在本站，请联系该分公司或省中心。
        Nothing is to be done.
          无需处理。
        No standard has reached this site yet.
          服务标准尚未到达本站。
        Publish one at the hub, or wait for the first exchange with it.
          请由省中心发布标准，或等待与省中心首次同步。
        The standard that this ticket was opened under is not here.
          受理该工单时的服务标准尚未到达本站。
        The standard that this ticket was opened under is not here yet.
          受理该工单时的服务标准尚未到达本站。
        Wait for the next exchange with the hub.
          请等待与省中心的下一次同步。
        Standard {0} cannot be read by this version ({1} findings).
          当前软件版本无法读取服务标准 {0}（{1} 处问题）。
        Upgrade this site.
          请升级本站软件。

        The form of {0} is not right: {errors}.
          表单填写有误：{errors}。
        Correct these fields and send it again.
          请更正后重新提交。
        Standard {0} has no such ticket type.
          服务标准 {0} 中没有这种工单类型。
        Types: {0}.
          可选类型：{0}。
        Did you mean {0}?
          您要找的是“{0}”吗？
        did you mean "{0}"?.
          应为“{0}”。
        use one of: {0}.
          可选：{0}。
        remove it.
          请去掉这一项。
        {0} has no such state.
          {0} 没有这个环节。
        States: {0}.
          可选环节：{0}。
        {0} has no such category.
          {0} 没有这个分类。
        The ticket's branch is not in the directory.
          工单的归属分公司不在站点目录中。
        The identifier of a ticket or customer is 16 bytes.
          工单或客户的标识应为 16 字节。
        The identifier has not 16 bytes.
          标识应为 16 字节。
        Correct the caller.
          请更正调用方。
        No step of {0} opens a ticket of type {1}.
          {0} 的流程中没有转出 {1} 子单的操作。
        Open it by itself.
          请单独受理。
        The row does not say where it comes from.
          没有说明数据来源。
        Correct source and key.
          请更正来源和来源编号。
        The customer cannot be taken down.
          客户信息无法登记。
        Correct name and phone.
          请更正姓名和电话。
        The ticket cannot have that number.
          不能使用这个工单号。
        Correct it, or import it without one.
          请更正工单号，或不带工单号导入。
        No ticket number is free for this identifier.
          没有可用的工单号。
        A new ticket was compared with an older one.
          新建工单不应与旧版本比较。
        Leave out If-Match.
          请不要发送 If-Match。
        There is no customer of that identifier here.
          本站没有这位客户的资料。
        Take it from a ticket; a customer of another branch is not held here.
          请从工单中打开；其他分公司的客户资料不在本站。
        The facts are not right.
          客户资料填写有误。
        Correct these fields and send them again.
          请更正后重新提交。
        A grade that is set by hand needs a reason.
          手工评定等级须填写原因。

        The province has taken the ticket.
          省中心已接管该工单。
        Add a note, or ask it to give it back.
          可添加备注，或请省中心交还。
        A note has 1 to {0} characters, NUL not among them.
          备注须为 1 至 {0} 个字符，且不含空字符。
        Shorten it, or attach a file.
          请缩短，或改用附件。
        Nothing is assigned.
          没有修改任何字段。
        Name at least one field.
          请至少修改一个字段。
        {0} has no step {1}.
          {0} 没有操作“{1}”。
        Nothing leaves this state.
          当前环节没有可用的操作。
        From here: {0}.
          当前可用操作：{0}。
        The ticket is {0}; {1} leaves {2}.
          工单当前环节为 {0}，操作“{1}”只能从 {2} 执行。
        Step {0} needs {1}.
          操作“{0}”须填写：{1}。
        Send them with the step.
          请随操作一并提交。
        Nothing is revised.
          没有修改任何内容。
        Name at least one thing.
          请至少修改一项。
        What is kept beside a ticket's fields has more than {0} bytes, or a NUL.
          工单的附加信息超过 {0} 字节，或含有空字符。
        Say less, or attach a file.
          请精简，或改用附件。
        This idempotency key was used for another request.
          该幂等键已用于另一个请求。
        Use a new key for a new request, and the old one only to repeat the old one.
          新请求请使用新的键，原来的键只用于重发原请求。

        The branch that is offered the ticket is not in the directory.
          要转派到的分公司不在站点目录中。
        Only the owner of a ticket may offer it.
          只有工单归属方可以提出转派。
        Ask {0}.
          请联系 {0}。
        The ticket is {0}'s already.
          该工单已归 {0}。
        The ticket is not on offer to {0}.
          该工单没有转派给 {0}。
        Ask its owner, {0}, to offer it.
          请归属方 {0} 提出转派。
        The ticket is not on offer.
          该工单没有待接收的转派。
        Only the owner, or the site it is offered to, may end an offer.
          只有归属方或接收方可以结束转派。
        Standard {0} has no such department.
          服务标准 {0} 中没有这个部门。
        {0} has the ticket already.
          该工单已在 {0} 处理。
        The ticket is not being handed over.
          该工单没有待接手的转派。
        Only the owner of a ticket asks others to help.
          只有工单归属方可以请求协办。
        No branch is named.
          没有选择分公司。
        A branch that is asked to help is not in the directory.
          协办分公司不在站点目录中。
        The ticket has ended.
          该工单已结束。
        Reopen it.
          请先重开。
        Only the owner of a ticket may escalate it.
          只有工单归属方可以升级。
        The province has the ticket already.
          省中心已接管该工单。
        An escalation gives a reason of 1 to {0} characters.
          升级须填写 1 至 {0} 个字符的原因。
        Say why.
          请填写原因。
        Only the province takes a ticket over.
          只有省中心可以接管工单。
        Escalate it.
          请升级该工单。
        Only the province gives a ticket back.
          只有省中心可以交还工单。
        Ask it.
          请联系省中心。
        The province does not have the ticket.
          省中心没有接管该工单。
        Only the province supervises a ticket.
          只有省中心可以督办。
        The ticket is supervised already.
          该工单已在督办。
        The ticket is not supervised.
          该工单没有督办。
        Only the province moves a ticket without asking.
          只有省中心可以直接改派。
        Offer it to the branch.
          请向该分公司提出转派。
        The text {=0}.
          说明{=0}。
        This needs a reason.
          请填写原因。
        """
}
