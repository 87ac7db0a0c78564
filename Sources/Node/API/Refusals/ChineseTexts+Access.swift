extension ChineseTexts {
    /// Of who may come in.
    static let access = """
        The name or the password is not right.
          姓名或密码不对。
        Try again; after {0} failures there is a wait, and an administrator of this site can give a new link.
          请重试；失败 {0} 次后须等待，本站管理员可发送新的链接。
        There were too many failures.
          失败次数过多。
        Try again in {0} s, or let an administrator of this site unlock the account.
          请在 {0} 秒后再试，或请本站管理员解锁账户。
        {0} passwords wait to be checked.
          登录人数较多（{0} 个正在等待）。
        Try again in a moment.
          请稍后再试。
        An account or a token of this site acts under that name already.
          本站已有同名的账户或令牌。
        Choose another.
          请换一个。
        This site has {0} accounts, which is the most.
          本站账户已达上限 {0} 个。
        Remove one that is no longer used: tributary account list.
          请先删除不再使用的账户。
        This site has no such account.
          本站没有这个账户。
        List them: GET /api/accounts.
          请查看账户列表。
        This is the last account that can administer the site.
          这是本站最后一个管理员账户。
        Make another administrator first.
          请先设置另一位管理员。
        Nobody has signed in by this.
          当前没有登录。
        Only a browser's session is signed out.
          只有浏览器登录可以退出。
        Reset it: tributary account set NAME --reset.
          请重置密码：tributary account set NAME --reset。
        The password was changed meanwhile.
          密码在此期间已更改。
        Sign in with the new one.
          请使用新密码登录。
        The old password is not right.
          原密码不对。
        Type it once more, or ask an administrator.
          请重新输入，或联系管理员。
        This link is unknown, was used, has expired or was replaced by another.
          链接无效、已使用、已过期，或已被新链接取代。
        Ask an administrator of this site for a new one, or make it there: tributary account invite.
          请向本站管理员索取新链接。
        This link is for another name.
          该链接是为另一个姓名生成的。
        Leave the name as it was given.
          请使用原来给定的姓名。
        The name {=0}.
          姓名{=0}。
        Choose the one timelines will show.
          请填写处理记录中要显示的姓名。
        This account was removed.
          该账户已删除。
        Ask an administrator for another.
          请联系管理员。

        The request does not come from a page of this session.
          请求不是来自当前登录的页面。
        Send the session's `csrf`, which GET /api/session tells, as Tributary-CSRF.
          请刷新页面后重试。
        The token of the data folder is good on this machine only.
          数据目录的令牌只能在本机使用。
        From elsewhere, sign in, or send a token of `tributary token create`.
          请登录，或使用 tributary token create 生成的令牌。
        This node answers only to those it knows.
          登录已失效或尚未登录。
        Sign in: POST /api/session.
          请登录。
        Or send `Authorization: Bearer TOKEN`, with a token of `tributary token create` or, on this machine, the one \
        in the file `token` in the data folder.
          程序请使用令牌（Authorization: Bearer）。
        The request comes from a page of another site.
          请求来自其他网站的页面。
        Use this node's own.
          请使用本站页面。
        Tributary-Actor was sent by somebody who acts under a name of their own.
          已登录者不能使用 Tributary-Actor。
        Leave it out; only the data folder's token takes it.
          请去掉；只有数据目录的令牌可以使用。
        Tributary-Actor is not a name.
          Tributary-Actor 不是有效的姓名。
        Send 1 to {0} bytes of percent-encoded UTF-8 without control characters.
          请使用 1 至 {0} 字节、不含控制字符的百分号编码 UTF-8。
        This password was given by somebody else.
          当前密码由他人设置。
        Choose one of your own first: POST /api/session/password.
          请先更改密码。
        This is for {=0}, and you are allowed: {=1}.
          这需要“{=0}”权限，您的权限是“{=1}”。
        observer
          只读
        clerk
          坐席
        supervisor
          主管
        administrator
          管理员
        integration only
          仅系统对接
        Ask an administrator of this site for it.
          请联系本站管理员。
        """
}
