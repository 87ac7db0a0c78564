extension ChineseTexts {
    /// Of what rules say wherever a change is judged.
    static let judgements = """
        A customer does something to its own ticket and to nothing else.
          客户只能操作自己的工单。
        Let somebody of the desk take it.
          请由坐席办理。
        A customer may not change this.
          客户不能修改此项。
        Let somebody of the desk do it.
          请由坐席办理。
        Which sites may see a customer follows from its tickets.
          哪些站点能看到客户，由其工单决定。
        Open a ticket there instead.
          请在该站点受理工单。
        The sites of a customer are a set.
          客户的站点须逐个增减。
        Correct the client.
          请更正客户端程序。
        The ticket names no standard.
          工单没有注明服务标准。
        Open it through the desk.
          请通过工作台受理。
        The ticket's type is not in standard {0}.
          服务标准 {0} 中没有该工单类型。
        Choose one that is.
          请选择有效的一项。
        The ticket's state is not one of {0}.
          工单环节不属于 {0}。
        The parent of a ticket does not change.
          工单的主单不能更改。
        Open another.
          请另建工单。
        Type and standard of a ticket do not change.
          工单的类型和服务标准不能更改。
        Open another one.
          请另建工单。
        The ticket exists already, with another type or standard.
          该工单已存在，但类型或服务标准不同。
        Work on that one.
          请在已有工单上办理。
        This step is not in the procedure of {0}.
          {0} 的流程中没有这一操作。
        Take one that is.
          请选择流程中的操作。
        Step {0} needs field {1}.
          操作“{0}”须填写“{1}”。
        Fill it in with the step.
          请随操作一并填写。
        The ticket exists already, at another branch.
          该工单已在其他分公司。
        Ask its owner for a transfer.
          请归属方提出转派。
        Ask its owner to offer it again.
          请归属方重新提出转派。
        The branch to which the ticket is offered is not in the directory.
          要转派到的分公司不在站点目录中。
        The ticket belongs to that branch already.
          该工单已归该分公司。
        Choose another one.
          请另选一个。
        Ask one of them.
          请联系其中一方。
        What a ticket names is no article.
          所引用的不是知识。
        Choose one that is in force.
          请选择现行有效的知识。
        Vote on one that is.
          请在评审工单上表态。
        Nothing but a refund can be asked of the province.
          只能向省中心申请退费。
        Ask for one.
          请申请退费。
        One change asks for one refund.
          一次只能申请一笔退费。
        Ask for each by itself.
          请逐笔申请。
        A refund is of 1 to {¥0} fen.
          退费金额须为 0.01 至 {¥0} 元。
        A refund names its charge in 1 to {0} characters.
          退费须填写费用编号，1 至 {0} 个字符。
        Correct the charge.
          请更正费用编号。
        The reason for a refund is longer than {0} characters.
          退费原因超过 {0} 个字符。
        Correct the amount.
          请更正金额。
        Shorten it.
          请缩短。

        A roster is of one site, and named after it.
          角色名单属于一个站点，并以其命名。
        Give the role at that site, or at the hub.
          请在该站点或省中心授予角色。
        A site's roster is begun by the province.
          站点的角色名单须由省中心建立。
        Ask the hub.
          请联系省中心。
        A roster has at most {0} people and roles.
          角色名单最多 {0} 项。
        Split the site.
          请拆分站点。
        A roster stays its site's.
          角色名单不能改换站点。
        Let each site have its own.
          请各站点使用各自的名单。
        A person's name has 1 to {0} characters.
          姓名须为 1 至 {0} 个字符。
        Standard {0} has no such role.
          服务标准 {0} 中没有这个角色。
        `tributary standards show` lists them.
          查看角色：tributary standards show。
        Whoever did this may not give or take role {0} here.
          操作人不能在此授予或收回角色“{0}”。
        A roster holds roles and nothing else.
          角色名单中只能有角色。
        Whoever did this holds {=0} at {1}.
          操作人在 {1} {=0}。
        no role
          没有任何角色
        none of the roles {0}
          不具备所需角色（{0}）
        Let somebody who does do it, or ask for the role.
          请由具备角色的人办理，或申请该角色。

        {0} is a standby: it keeps a copy of everything, and takes no work.
          {0} 是备用站点，只保存副本，不办理业务。
        Write at the branch that owns the ticket, or at the hub.
          请在工单归属分公司或省中心办理。
        Entity {0} has left this site.
          该工单或资料已不在本站。
        Ask the site that owns it now, or the province.
          请联系现归属站点或省中心。
        There is no entity {0} here.
          本站没有这份工单或资料。
        Check the number; a ticket of another branch is not held here.
          请核对编号；其他分公司的工单不在本站。
        The hub does not know this kind of edit yet (it speaks protocol {0}).
          省中心的软件版本过低，尚不支持此类修改（协议 {0}）。
        Upgrade the hub first.
          请先升级省中心。
        This site does not know {0}.
          本站尚未收到所需的服务标准或内容。
        Upgrade this site, or wait for its next exchange.
          请升级本站，或等待下一次同步。
        Nothing was written.
          没有保存任何内容。
        The creation of this entity was refused; reinstate that first.
          该工单的受理已被拒绝，请先重新提交受理。
        Only the province may write this.
          只有省中心可以修改此项。
        Ask the hub to do it.
          请由省中心办理。
        The site is not among those that may see this entity.
          本站无权查看该工单或资料。
        Field {0} is the province's.
          字段“{0}”只能由省中心修改。
        Ask the hub to change it.
          请由省中心修改。
        Only the province answers requests.
          只有省中心可以审批申请。
        Ask the hub to decide.
          请由省中心审批。
        Only the province seals a change.
          只有省中心可以封存更改。
        Write it without a seal.
          请去掉封存标记。
        """
}
