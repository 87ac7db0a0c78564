extension ChineseTexts {
    /// Of what a standard's guards say.
    static let rules = """
        This step is the owner's.
          这一操作须由归属方办理。
        This step is the province's.
          这一操作须由省中心办理。
        Escalate the ticket.
          请升级该工单。
        A hand-over waits for acceptance.
          有一个部门转派正在等待接手。
        Accept it or return it first.
          请先接手或退回。
        {0} is above what whoever does this may decide ({1}).
          “{0}”超出操作人的审批权限（上限 {1}）。
        Lower it.
          请调低该项。
        It takes {0}.
          须由 {0} 办理。
        Steps are not done: {0}.
          实施环节未完成：{0}。
        Report them back first.
          请先完成这些实施环节。
        It is not between {0} and {1}.
          当前时间不在“{0}”与“{1}”之间。
        Wait for that time, or have it changed.
          请等到该时间，或调整时间。
        Whoever took {0} may not take this step too.
          办理过“{0}”的人不能再办理这一操作。
        Ask somebody else.
          请由其他人办理。
        This was done a short while ago.
          刚刚办理过。
        Wait a while.
          请稍后再试。
        Field {0} is not {1}.
          字段“{0}”须为：{1}。
        Field {0} is {1}.
          字段“{0}”不能为：{1}。
        Correct it first.
          请先更正。
        To this class of customers {0} is recommended.
          对该类客户推荐使用 {0}。
        Choose that, or say in {0} why not.
          请选择推荐方案，或在“{0}”中说明原因。
        For what {0} says, these are missing: {1}.
          按“{0}”所填，还缺少：{1}。
        Fill them in.
          请补充填写。
        From {0} in {1} on, {2} must be {3}.
          “{1}”达到 {0} 时，“{2}”须为：{3}。
        See to that first.
          请先处理。
        {0} of {1} are not in {2}.
          “{1}”中有 {0} 项未列入“{2}”。
        Add them.
          请补充列入。
        Add them, or give a reason in {0} and take this step.
          请补充列入，或在“{0}”中说明原因后办理。
        Add them, or let {0} give a reason in {1} and take this step.
          请补充列入，或由 {0} 在“{1}”中说明原因后办理。
        The business is not offered over this way of access.
          该接入方式不提供此业务。
        Over {0}: {1}.
          “{0}”可提供：{1}。
        {0} child tickets have not ended: {1}.
          {0} 张子工单未结束：{1}。
        End them first.
          请先办结子工单。
        No child ticket of type {0} has {1} in {2}.
          没有“{2}”为 {1} 的 {0} 子工单。
        Open one, or wait for its result.
          请转子单，或等待子单结果。
        Field {0} names no ticket.
          字段“{0}”没有填写工单。
        Name the one that is built upon.
          请填写所依据的工单。
        The ticket that {0} names has not {1} in {2}.
          “{0}”所指工单的“{2}”不是 {1}。
        Check the number, or wait for its result.
          请核对编号，或等待其结果。
        What {0} names is no longer valid.
          “{0}”所指的结果已过有效期。
        Have it looked at again.
          请重新核查。
        The circuit that {0} names is not known here.
          “{0}”所填的电路未登记。
        Check the number, register the circuit.
          请核对电路编号，或登记该电路。
        Check the number, register the circuit, or give a reason in {0}.
          请核对电路编号、登记该电路，或在“{0}”中说明原因。
        No circuit of the number in {0} is known.
          “{0}”所填的电路未登记。
        Check the number, or register the circuit.
          请核对电路编号，或登记该电路。
        The circuit is out of service.
          该电路已停用。
        Choose the one that has replaced it.
          请选择替代它的电路。
        No circuit of that number is known here.
          该编号的电路未登记。
        Check the number, or register the circuit: tributary circuit set.
          请核对电路编号，或登记该电路：tributary circuit set。
        This department has no vote here.
          该部门不参加本次评审。
        Asked are: {0}.
          参加评审的部门：{0}。
        This department may not veto.
          该部门没有否决权。
        Reject it, or ask one that may.
          请选择不同意，或由有否决权的部门办理。
        Who does not approve gives a reason of up to {0} characters.
          不同意时须填写原因，最多 {0} 个字符。
        Round {0} of the review is {=1}.
          第 {0} 轮评审{=1}。
        Not heard: {0}.
          未表态：{0}。
        Correct it and begin a new round.
          请修改方案并发起新一轮评审。
        Wait for all to approve.
          请等待全部部门同意。
        Round {0} of the review was not vetoed.
          第 {0} 轮评审没有被否决。
        Go on with it.
          请继续办理。
        """
}
