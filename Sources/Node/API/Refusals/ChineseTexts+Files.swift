extension ChineseTexts {
    /// Of files.
    static let files = """
        The ticket has this very file already.
          该工单已有同一个文件。
        See its attachments; choose another.
          请查看附件，选择其他文件。
        The content of the file is not here whole.
          文件内容尚未完整上传。
        Put it in first: POST /api/uploads/HASH; then attach it.
          请先上传完整，再添加到工单。
        Field {0} names no file of the ticket.
          字段“{0}”所指的文件不是本工单的附件。
        Attach the file first, and give its hash.
          请先添加附件，再选择。
        Attach the file first.
          请先添加附件。
        Nothing was attached.
          没有添加任何附件。
        A file is named by 32 bytes of SHA-256.
          文件须以 SHA-256 标识。
        Attach it again.
          请重新添加附件。
        A file's name has 1 to {0} bytes, control characters and slashes not among them.
          文件名须为 1 至 {0} 字节，不含控制字符和斜杠。
        Give it another name.
          请改名后重试。
        {0} files are attached already.
          已有 {0} 个附件。
        Put several into one ZIP file, or open another ticket.
          请合并为一个 ZIP 文件，或另建工单。
        The file is empty.
          文件是空的。
        The file has {0} bytes; {1} may be attached.
          文件大小 {0} 字节，最多可添加 {1} 字节。
        Divide it, or make it smaller.
          请拆分或压缩后重试。
        Files of this type are not taken.
          不支持这种类型的文件。
        These are: {0}.
          支持：{0}。
        Nothing was kept.
          没有保存任何内容。
        A piece of {0} bytes cannot lie at {1} of a file of {2}.
          文件大小为 {2} 字节，{1} 处不能放 {0} 字节的分片。
        Send pieces of whole chunks of {0} bytes, but for the end of the file.
          除末尾外，分片大小应为 {0} 字节的整数倍。
        The file was begun with {0} bytes and goes on with {1}.
          文件大小前后不一致：开始时 {0} 字节，现在 {1} 字节。
        Send the size of the whole file with every piece.
          每个分片都须注明整个文件的大小。
        {0} bytes were put in here and not attached yet.
          已有 {0} 字节上传后尚未添加到工单。
        Attach them, or wait: after a day they are forgotten.
          请添加到工单，或等待一天后自动清除。
        The ticket has changed meanwhile.
          工单在此期间已变化。
        Look at it and attach again.
          请查看后重新添加附件。
        The request has no file.
          请求中没有文件。
        Send it as the body, or name its hash and its size.
          请在请求正文中发送文件，或注明其哈希和大小。
        The file is not what hash and size say.
          文件与所注明的哈希和大小不符。
        Leave them out, or send it again.
          请去掉哈希和大小，或重新发送。
        The ticket has no such file.
          该工单没有这个附件。
        List its attachments.
          请查看附件列表。
        The file is not here.
          文件不在本站。
        It is here and nowhere else yet.
          目前只在本站。
        The hub has not received it yet: it is only where it was attached.
          省中心尚未收到，文件仍在添加它的站点。
        It is at the hub.
          文件在省中心。
        It is at the hub and at another place.
          文件在省中心和另一处。
        Ask for it with POST to {0}/fetch, and read it when it has come.
          请先取回文件，到达后再打开。
        The hub has not received the file yet.
          省中心尚未收到该文件。
        Wait: the site where it was attached sends it when nothing else waits.
          请稍候：添加附件的站点会在空闲时上传。
        A file is named by its SHA-256.
          文件须以 SHA-256 标识。
        Send it as 64 hexadecimal digits.
          请使用 64 位十六进制数。
        All of the file came, and it is not what its hash says.
          文件已全部上传，但内容与哈希不符。
        Nothing of it was kept.
          没有保留任何内容。
        """
}
