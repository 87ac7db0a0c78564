extension ChineseTexts {
    /// Of the steps of a ticket, reviews and what customers do.
    static let work = """
        The ticket has no step {0}.
          该工单没有实施环节“{0}”。
        Step {0} is done.
          实施环节“{0}”已完成。
        Return it if something is wrong with it.
          如有问题，请退回。
        Step {0} is {=1} already.
          实施环节“{0}”已是：{=1}。
        waiting
          未开始
        begun
          进行中
        done
          完成
        returned
          退回
        exception
          异常
        No step is worked while the ticket is {0}.
          工单环节为 {0} 时不能办理实施环节。
        Wait until it is {0}.
          请等工单到 {0} 后再办理。
        Step {0} waits for {1}.
          实施环节“{0}”须等待：{1}。
        Do that first.
          请先完成前项。
        {0} is no review.
          {0} 不是评审工单。
        Choose a ticket that is.
          请选择评审工单。
        The review has ended.
          评审已结束。
        Begin another one.
          请发起新的评审。
        Round {0} is {=1}.
          第 {0} 轮评审{=1}。
        Vote in the next round.
          请在下一轮表态。
        open
          待表态
        passed
          已通过
        vetoed
          已否决
        Field {0} is no set of {1}.
          字段“{0}”不是 {1} 的多值字段。
        It has none.
          该类型没有多值字段。
        Sets: {0}.
          多值字段：{0}。
        The set {0} cannot be changed so.
          “{0}”不能这样增减。
        Correct the texts.
          请更正内容。

        The ticket cannot be rated so now.
          该工单现在不能这样评价。
        Choose one of what is offered, once it is.
          可以评价时，请从选项中选择。
        This step is not the customer's.
          这一操作不由客户办理。
        Ask the desk to take it.
          请由坐席办理。
        What was filled in with the step is not right.
          随操作填写的内容有误。
        A text is missing, or has more than {0} characters.
          没有填写内容，或超过 {0} 个字符。
        Say it in fewer.
          请精简后重试。
        No ticket has this number and a telephone that ends in these digits.
          没有找到与编号和电话后四位相符的工单。
        Check both, or use the link in the message.
          请核对，或使用短信中的链接。
        This link is not whole, or no longer good.
          链接不完整或已过期。
        Enter the ticket's number instead.
          请输入工单号查询。
        The ticket has moved on meanwhile.
          工单刚刚有了新进展。
        Nothing was done.
          没有执行任何操作。
        This was asked too often.
          操作过于频繁。
        Try again in {0} s.
          请在 {0} 秒后再试。
        What was filled in is not right.
          填写有误。
        This cannot be done with the ticket now.
          该工单现在不能这样办理。
        Look at it again, or call the desk.
          请查看最新进度，或致电客服。
        This site only keeps a copy.
          本站只保存副本。
        Ask at the branch, or at the hub.
          请在分公司或省中心查询。
        """
}
