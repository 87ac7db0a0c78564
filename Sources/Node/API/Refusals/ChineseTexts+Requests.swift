extension ChineseTexts {
    /// Of requests, storage and the titles of refusals.
    static let requests = """
        The request is not right: {errors}.
          填写有误：{errors}。
        Correct it and send it again.
          请更正后重新提交。
        Correct it and ask again.
          请更正后重试。
        Correct it.
          请更正。
        The request has no body.
          请求没有内容。
        The body is {0}.
          请求内容不是 JSON 对象。
        Send a JSON object.
          请发送 JSON 对象。
        Could not read JSON at {0}: {1}.
          请求内容不是有效的 JSON。
        Idempotency-Key has not 1 to {0} bytes, or is sent twice.
          Idempotency-Key 须为 1 至 {0} 字节，且只发送一次。
        Send one, drawn at random for each request.
          请为每个请求随机生成一个。
        If-Match is not a list of versions of this node.
          If-Match 不是本节点的版本号。
        Send the ETag that came with the ticket, quotes included, or leave it out.
          请原样发送工单的 ETag（含引号），或不发送。
        The query cannot be answered: {0}.
          查询条件有误。
        No action is named.
          没有选择操作。
        Name one.
          请选择一个。
        It is not said of which tickets, or by what.
          没有说明统计的工单类型或字段。
        Send type and by, a field.
          请选择类型和字段。
        The ticket has changed since it was shown.
          该工单在您打开之后已变化。
        Compare, then send again with the ETag of now.
          请比较后再提交。
        What is looked for has words of two characters or more, {0} in all.
          搜索词至少两个字，总共不超过 {0} 个字。
        Type more of it.
          请多输入几个字。
        {0} exports are under way.
          已有 {0} 个导出正在进行。
        Try again when one of them is done.
          请待其中一个完成后重试。
        There is no such export.
          没有这种导出。
        There are: {0}.
          可选：{0}。
        It took more than {0} s to read.
          读取超过 {0} 秒。
        Export less at a time, or read faster.
          请减少一次导出的数量。
        Wait for the first exchange with the hub; without one there are no tickets either.
          请等待与省中心首次同步。
        No standard here has such a ticket type.
          本站的服务标准中没有这种工单类型。
        Correct it: {=0}.
          请更正：{=0}。
        did you mean "{0}"?
          应为“{0}”
        use one of: {0}
          可选 {0}
        remove it
          去掉这一项
        Try again.
          请重试。
        Try again later.
          请稍后再试。
        Send it again.
          请重新提交。

        It is not known whether this was saved: {0}.
          不确定是否已保存。
        Make room on the disk, or mend it, and repeat the request with the same idempotency key.
          请清理或修复磁盘，然后重试同一操作。
        The node could not do this, by a defect of its own.
          节点出错，未能完成。
        Look into its log and report what it says.
          请查看节点日志并报告。
        Nothing was saved: {0}; free space on the disk of the data folder, then reopen the database.
          没有保存：磁盘已满，请清理数据目录所在磁盘后重新启动。
        Nothing was saved: {0}; check the disk and the system's log, then reopen the database.
          没有保存：磁盘读写失败，请检查磁盘和系统日志后重新启动。
        Nothing was saved: {0}; try again; if it stays so, look for another program that has the database open.
          没有保存：数据库正忙，请重试；如仍如此，请检查是否有其他程序占用数据库。
        Nothing was saved: {0}; stop, keep the file, and restore from a verified backup or rebuild from a peer.
          没有保存：数据库已损坏，请停止节点、保留文件，并从备份恢复。
        Nothing was saved: {0}; check the owner and permissions of the data folder, and the state of the writer.
          没有保存：磁盘或数据库有故障，节点已停止写入。请检查磁盘空间和数据目录的属主与权限，排除后重新启动。
        Nothing was saved: {0}; check the path; if it is right, restore the file from a backup.
          没有保存：数据库文件无效，请检查路径，或从备份恢复。
        Nothing was saved: {0}; send smaller values.
          没有保存：内容过大，请精简后重试。
        Nothing was saved: {0}; try again; nothing was saved.
          没有保存，请重试。
        Nothing was saved: {0}; try again in a moment.
          没有保存：节点正忙，请稍后再试。
        Nothing was saved: {0}; start the newer version of the program, or restore a backup made by this one.
          没有保存：数据库由更新版本的软件写入，请启动新版本，或恢复本版本的备份。
        Nothing was saved: {0}; stop the other process, or give this one a data folder of its own.
          没有保存：数据目录被另一进程占用，请停止该进程，或改用其他数据目录。

        Bad Request
          请求有误
        Unauthorized
          尚未登录
        Forbidden
          没有权限
        Not Found
          未找到
        Conflict
          现在不能这样做
        Precondition Failed
          内容已被更改
        Content Too Large
          内容过大
        Unsupported Media Type
          不支持的文件类型
        Unprocessable Content
          内容有误
        Too Many Requests
          请求过多
        Internal Server Error
          节点出错
        Service Unavailable
          暂时不可用
        """
}
