extension ChineseTexts {
    /// Of articles and what branches add.
    static let knowledge = """
        There is no article of that identifier here.
          本站没有这条知识。
        List them: GET /api/articles.
          请查看知识列表。
        There are {0} articles already.
          知识已有 {0} 条。
        Withdraw one that nobody needs.
          请先停用不需要的知识。
        Nothing is written to be published.
          没有可发布的内容。
        Revise it first.
          请先修订。
        The article's state is {0}.
          该知识当前的状态不能这样办理。
        This is done with one whose state is {0}.
          请先改变其状态。
        Only the province writes what is said in its name.
          以省公司名义发布的内容只能由省中心编写。
        Add what is local as a supplement, or propose it.
          本地内容请写入本地补充，或提交反馈。
        It has changed meanwhile.
          内容在此期间已变化。
        The article is not right: {errors}.
          知识填写有误：{errors}。
        A text of an article {=0}.
          知识内容{=0}。
        An article has a kind and a state.
          知识须有类别和状态。
        Write it through the desk.
          请通过工作台编写。
        The article was withdrawn.
          该知识已停用。
        Write another one.
          请另写一条。
        The words of an article change with its version.
          知识内容须随版本更改。
        Publish them.
          请发布新版本。
        A publication is the version after the last.
          发布的版本须接着上一版本。
        Look at the article again.
          请查看该知识的最新内容。
        The article is not published.
          该知识尚未发布。
        List those in force: GET /api/articles.
          请查看现行知识列表。
        The article has no version {0}.
          该知识没有第 {0} 版。
        Its versions are 1 to {0}.
          现有第 1 至 {0} 版。
        The article has changed since it was shown.
          该知识在您打开之后已被他人更改，请丢弃草稿后重试。
        What is typed is looked for in all that is in force: text goes with no q, kind or state.
          按输入内容查找时，不能同时使用其他条件。
        Leave them out, or search with q.
          请去掉其他条件，或改用搜索。
        The article is not in force.
          该知识不是现行有效的。
        Choose one that is: GET /api/articles.
          请选择现行有效的知识。
        A supplement is a branch's.
          本地补充由分公司编写。
        Revise the article instead.
          请直接修订该知识。
        The supplement {=0}.
          本地补充{=0}。
        A supplement {=0}.
          本地补充{=0}。
        A supplement is its branch's own, beside one article.
          本地补充属于一个分公司，附在一条知识上。
        Let the branch write it.
          请由该分公司编写。
        A supplement stays its branch's, beside its article.
          本地补充不能改换分公司或知识。
        The contribution is not right: {errors}.
          反馈填写有误：{errors}。
        There is no contribution of that identifier here.
          本站没有这条反馈。
        List them: GET /api/contributions.
          请查看反馈列表。
        It has been answered already.
          已经答复过。
        The answer {=0}.
          答复{=0}。
        A contribution is answered once, by the province.
          反馈由省中心答复，且只答复一次。
        A contribution is its site's own, with a purpose, a text and a due time.
          反馈须由本站提出，并有用途、内容和答复时限。
        A case has a title and the number of its ticket.
          案例须有标题和工单号。
        Propose it through the desk.
          请通过工作台提交。
        A text of a contribution {=0}.
          反馈内容{=0}。
        The ticket names that article already.
          该工单已引用这条知识。
        The ticket names {0} articles already.
          该工单已引用 {0} 条知识。
        Add a note instead.
          请改用备注。
        The ticket is not solved yet.
          该工单尚未解决。
        Make a case of it once it is.
          请在解决后再做成案例。
        The case holds what belongs to the ticket's customer.
          案例中含有客户信息。
        Leave out names, numbers and addresses: every branch reads it.
          案例全省可见，请去掉姓名、号码和地址。
        """
}
