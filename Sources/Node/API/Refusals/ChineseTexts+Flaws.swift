extension ChineseTexts {
    /// Of what is wrong with a field.
    static let flaws = """
        is required
          必填
        is required by this step
          办理此操作时必填
        is missing
          未填写
        is empty
          不能为空
        is missing or too long
          未填写或过长
        is not a time: write it as {0}
          时间无效，应写作 {0}
        is not a time such as {0}
          时间无效，应写作 {0}
        is none of the type's categories
          不属于该类型的分类
        is not a branch of this province
          不是本省分公司
        holds a NUL character
          含有空字符
        is the hash of no file attached to the ticket
          不是本工单的附件
        has neither a name nor a phone
          须填写姓名或电话
        is not a text
          应为文字
        is neither true nor false
          应为是或否
        is not a whole number
          应为整数
        is not on the form
          不在表单中
        is not on the form; did you mean {0}?
          不在表单中，应为“{0}”
        is none of {0}
          应为以下之一：{0}
        is longer than {0} characters
          超过 {0} 个字符
        has not {0} to {1} characters
          应为 {0} 至 {1} 个字符
        is not {0} to {1}
          应为 {0} 至 {1}
        is a set: add to it, or take away from it
          是多值字段，请逐项增减
        is not of kind {0}
          格式应为 {0}
        is no fact of a customer
          不是客户资料的项目
        names a circuit that is out of service
          所填电路已停用
        is the number of no circuit that is known here
          电路未登记
        is none of standard {0}
          不在服务标准 {0} 中
        is none of standard {0}; did you mean {1}?
          不在服务标准 {0} 中，应为“{1}”
        is given beside words of its own
          不能与自拟内容同时填写
        is missing: name a wording, or say it in both languages
          未填写：请选择统一口径，或填写中英文
        are not 1 to {0}
          应为 1 至 {0} 个
        names one that standard {0} has not
          含有服务标准 {0} 中没有的分类
        names one that standard {0} has not; did you mean {1}?
          含有服务标准 {0} 中没有的分类，应为“{1}”
        is more than {0} days ahead
          距今不能超过 {0} 天
        is over already, or before it begins
          已过去，或早于开始时间
        is more than {0} days after it begins
          不能晚于开始后 {0} 天
        names more than {0} branches
          分公司超过 {0} 个
        names {0}, which is no branch of this province
          {0} 不是本省分公司
        is missing: say what the desk is to know
          未填写：请写明坐席需要了解的内容
        are more than {0}
          超过 {0} 个
        have not {0} to {1} characters each
          每项应为 {0} 至 {1} 个字符
        is covered by an allowance
          已在退费额度之内
        is not for this step
          不属于此操作
        is none of the answers
          不是可选项
        is missing: a case is made of a closed ticket
          未填写：案例须来自已解决的工单
        names the customer
          含有客户信息
        is no department of the standard
          不是服务标准中的部门
        names no branch of this province
          不是本省分公司
        is not one of the standard's
          不在服务标准中
        opens no such ticket
          不能转出这种子单
        is not one of the type's
          不属于该类型
        is taken by another ticket, or is not a number of one
          已被其他工单使用，或不是有效的工单号
        is in the past or too far ahead
          早于现在，或晚于十年之后
        is none of the ticket's
          不是本工单的环节
        is no set of the form
          不是表单的多值字段
        would be changed by nothing, or have more than {0} texts
          没有增减内容，或超过 {0} 项
        is in no standard
          不在任何服务标准中
        are not {0} digits
          应为 {0} 位数字
        is not known
          无法识别
        is not known; did you mean {0}?
          无法识别，应为“{0}”
        is not a word of 1 to {0} characters
          应为 1 至 {0} 个字符
        is not the name of a change
          不是更改的编号
        is not an object
          应为对象
        is not 32 hexadecimal digits
          应为 32 位十六进制数
        is not a list of texts
          应为列表
        is not an object of fields
          应为字段对象
        names a field in more than {0} characters
          字段名超过 {0} 个字符
        is not a text, a whole number, true, false or null
          应为文字、整数、是或否
        is given together with a password
          不能与密码同时填写
        is for revise only
          只用于修订
        is the old one
          不能与原密码相同
        is shorter than {0} bytes; a few words in a row are good and easy to keep
          少于 {0} 字节，可用几个词连成一句，既安全又好记
        is longer than {0} bytes
          超过 {0} 字节
        holds a control character
          含有控制字符
        is the name
          不能与姓名相同
        is made of fewer than three different characters
          至少要有三种不同的字符
        is not a name of 1 to {0} visible characters that the node does not act under itself
          应为 1 至 {0} 个可见字符，且不是系统保留名
        is a list of more than {0} texts
          超过 {0} 项
        is an object of more than {0} fields
          超过 {0} 个字段
        does not belong to this action
          不属于该操作
        does not belong to any action
          不属于任何操作
        """
}
