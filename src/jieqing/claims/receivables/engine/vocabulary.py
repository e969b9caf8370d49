"""The words of headers: how ERPs, banks and people call the columns of a receivables ledger.

Data, not logic. Order inside a field is preference: when two columns could be the same field, the earlier word wins.
Collected from exports of 用友 U8/T+/YonBIP, 金蝶 KIS/云星空, SAP, and the two public ledgers that the tests read.
"""

from __future__ import annotations

# What a column of a file can be, in the order people look for it.
FIELDS = (
    "debtor_name", "debtor_code", "document_number", "document_type", "invoice_on", "due_on", "credit_days",
    "posting_on", "amount", "paid", "balance", "debit", "credit", "currency", "settled_on", "paid_on", "memo",
    "contact_mobile", "contact_phone", "contact_email", "contact_address", "contact_person", "person_phone", "credit_code",
)  # fmt: skip

# They say how to reach the debtor, or who it is; nothing of the receivable. The row keeps them among its extras.
CONTACT_FIELDS = (
    "contact_mobile", "contact_phone", "contact_email", "contact_address", "contact_person", "person_phone", "credit_code",
)  # fmt: skip

# field -> (zh, en) title used in sentences
TITLES: dict[str, tuple[str, str]] = {
    "debtor_code": ("客户编码", "Customer code"),
    "debtor_name": ("客户名称", "Customer name"),
    "document_number": ("单据号", "Document number"),
    "document_type": ("单据类型", "Document type"),
    "invoice_on": ("单据日期", "Invoice date"),
    "posting_on": ("过账日期", "Posting date"),
    "due_on": ("到期日", "Due date"),
    "settled_on": ("结清日期", "Settlement date"),
    "paid_on": ("收款日期", "Payment date"),
    "credit_days": ("信用天数", "Credit days"),
    "amount": ("金额", "Amount"),
    "debit": ("借方金额", "Debit"),
    "credit": ("贷方金额", "Credit"),
    "paid": ("已收金额", "Paid amount"),
    "balance": ("未收余额", "Open balance"),
    "currency": ("币种", "Currency"),
    "direction": ("借贷方向", "Debit or credit"),
    "memo": ("摘要", "Memo"),
    "contact_mobile": ("手机", "Mobile"),
    "contact_phone": ("电话", "Telephone"),
    "contact_email": ("邮箱", "E-mail"),
    "contact_address": ("地址", "Address"),
    "contact_person": ("联系人姓名", "Contact person"),
    "person_phone": ("联系人电话", "Contact person's number"),
    "credit_code": ("信用代码或税号", "Credit code or tax number"),
    "ignore": ("不导入", "Not imported"),
    "row": ("本行", "Row"),
    "debtor": ("客户", "Customer"),
    "date": ("日期", "Date"),
}

DATE_FIELDS = ("invoice_on", "posting_on", "due_on", "settled_on", "paid_on")
AMOUNT_FIELDS = ("amount", "debit", "credit", "paid", "balance")

# Written as normalised: NFKC, lower case, no spaces, no punctuation.
WORDS: dict[str, str] = {
    "debtor_code": """
        客户编码 客户编号 客户代码 客户号 客商编码 客商编号 客商代码 往来单位编码 往来单位编号 往来单位代码
        购货单位编码 购方编码 债务人编号 债务人编码 单位编码 单位编号 客户内码 客户id 付款方编码 customerid
        customercode customernumber customerno custnumber custno custid custcode custnum clientid clientcode
        clientno clientnumber debtorid debtorcode debtorno debtornumber accountnumber accountno accountid
        acctno acctid partnercode partnerid buyercode buyerid soldtoparty soldto payer payercode kunnr
        customeraccount cardcode billtocode 客户统一社会信用代码 统一社会信用代码 信用代码 税号 纳税人识别号
        购方税号
    """,
    "debtor_name": """
        客户名称 客户 客户全称 客户简称 客商名称 客商 往来单位名称 往来单位 往来户 往来户名称 购货单位
        购货单位名称 购买方名称 购买方 购方名称 购方 债务人名称 债务人 债务单位 欠款单位 欠款人 单位名称
        付款单位 付款方 付款方名称 公司名称 企业名称 收货单位 对方单位 对方户名 核算项目名称 核算项目 客户名
        买方 甲方 customername customer contact contactname namecustomer custname clientname client debtorname debtor buyername
        buyer partnername partner companyname company accountname billto billtoname payername payername name
        soldtoname organizationname cardname customerfullname
    """,
    "document_number": """
        发票号 发票号码 发票编号 数电票号码 数电发票号码 全电发票号码 单据号 单据编号 单据号码 单号 单据no
        票据号 票号 应收单号 应收单编号 应收单据号 销售发票号 出库单号 销售单号 销售订单号 订单号 订单编号
        凭证号 凭证编号 凭证字号 凭证号数 合同号 合同编号 业务编号 业务单号 源单编号 流水号 编号
        invoicenumber invoiceno invoicenum invoiceid invoice invno invnumber invid invoiceref documentnumber
        documentno docno docid docnum docnumber billno billnumber referenceno referencenumber reference ref
        refno number voucherno vouchernumber ordernumber orderno orderid belnr transactionid transactionno
    """,
    "document_type": """
        单据类型 单据名称 票据类型 业务类型 凭证类型 类型 单据种类 发票类型 交易类型 documenttype doctype
        invoicetype type transactiontype trantype billtype kind entrytype
    """,
    "invoice_on": """
        单据日期 发票日期 开票日期 开票日 业务日期 发生日期 发生日 单据日 票据日期 出库日期 发货日期
        销售日期 交易日期 立账日期 立帐日期 起算日期 应收日期 制单日期 凭证日期 签单日期 日期 invoicedate
        invdate documentdate docdate billdate billingdate dateofinvoice issuedate issuedon dateissued
        transactiondate transdate trandate date createdate documentcreatedate invoicecreatedate orderdate
        bldat saledate invoiceon issued
    """,
    "posting_on": """
        记账日期 过账日期 入账日期 记帐日期 入帐日期 登记日期 审核日期 会计日期 postingdate postdate gldate
        dateposted bookingdate bookeddate budat entrydate accountingdate postingon
    """,
    "due_on": """
        到期日 到期日期 到期 应收到期日 应收款到期日 应付日期 应付款日 付款到期日 付款期限 收款期限
        最后付款日 约定付款日 约定付款日期 约定收款日期 应收款日 应收款日期 应付款日期 还款日 还款日期
        逾期起算日 计划收款日期 预计收款日期 账期到期日 信用到期日 duedate dueindate due dueon
        paymentduedate netduedate datedue maturitydate maturity payby invoiceduedate paymentdue netdue
        paydue faedt dueby
    """,
    "settled_on": """
        结清日期 结清日 核销日期 清账日期 清帐日期 结算日期 销账日期 结清时间 核销时间 settleddate
        settlementdate settledon cleardate clearingdate clearedon cleareddate datesettled closeddate
        closedate augdt paidoffdate datecleared
    """,
    "paid_on": """
        收款日期 回款日期 付款日期 到账日期 到帐日期 收款日 回款日 最近收款日期 最近回款日期 最后收款日期
        实际付款日期 实际收款日期 paymentdate paiddate datepaid paidon receiptdate paydate lastpaymentdate
        receivedon
    """,
    "credit_days": """
        账期 帐期 信用天数 账期天数 信用期 信用期限 信用账期 付款天数 收款天数 付款条件 收款条件 信用期天
        账期天 账期日 creditdays paymentterms terms termdays paymenttermdays netdays custpaymentterms
        creditterm creditperiod creditterms paymentterm
    """,
    "amount": """
        原币金额 金额 价税合计 原币价税合计 含税金额 应收金额 应收款金额 应收款 发票金额 开票金额 单据金额
        票面金额 原币应收金额 应收原币 原币应收 应收总额 总金额 欠款总额 货款金额 销售金额 合计金额 原始金额
        债权金额 本金 本币金额 应收本币 本位币金额 应收本币金额 价税合计本位币 价税合计本币 含税总额 总额
        人民币金额 交易金额 发生额 发生金额 invoiceamount invamount amount amountdue totalamount total
        grossamount originalamount invoicetotal grandtotal amt invoiceamt docamount documentamount
        amountindoccurr amountinlocalcurrency localamount convertedusd convertedamount amountusd usdamount
        value invoicevalue totalopenamount amountgross totaldue sum wrbtr dmbtr principal billamount
        billedamount chargeamount
    """,
    "debit": """
        借方 借方金额 借方发生额 本期借方 借方原币 原币借方 借方本币 本币借方 借 应收借方 本期应收
        借方原币金额 debit debitamount dr debits debitamt
    """,
    "credit": """
        贷方 贷方金额 贷方发生额 本期贷方 贷方原币 原币贷方 贷方本币 本币贷方 贷 应收贷方 本期收款 本期收回
        贷方原币金额 creditamount credit cr credits creditamt
    """,
    "paid": """
        已核销 已核销金额 核销金额 已收金额 已收款 已收款金额 已收 已回款 已回款金额 已付金额 已付 累计收款
        累计回款 累计核销 回款金额 收款金额 实收金额 已结算金额 已结算 已清金额 已核销原币 已核销原币金额
        本次核销 已收回 已收货款 amountpaid paidamount paid amountreceived receivedamount received payment
        payments paymentamount applied amountapplied appliedamount settledamount totalpaid collectedamount
    """,
    "balance": """
        未核销 未核销金额 余额 原币余额 未收金额 未收款 未收 未收余额 未回款 未回款金额 未付金额 未结金额
        未清金额 未结算金额 应收余额 应收账款余额 欠款 欠款金额 尚欠金额 剩余金额 期末余额 结余 欠款余额
        未核销原币 未核销原币金额 本币余额 未还金额 未收回 结存 balance openamount outstanding
        outstandingamount amountoutstanding balancedue openbalance remaining remainingamount unpaid
        unpaidamount residual amountresidual openamt amountopen amountremaining dueamount
    """,
    "currency": """
        币种 币别 货币 原币币种 币种名称 外币币种 外币名称 货币代码 币种代码 结算币种 原币 currency
        currencycode curr invoicecurrency curcode ccy currencyid transactioncurrency doccurrency waers
    """,
    "direction": """
        借贷方向 方向 借贷 借贷标志 收支方向 drcr crdr dc dorc debitcredit debitcreditindicator debitcreditind dcindicator shkzg sign
    """,
    "memo": """
        摘要 备注 说明 备注说明 用途 内容 附言 品名 项目说明 memo description note notes remark remarks
        comment comments text details narration
    """,
    "contact_mobile": """
        手机 手机号 手机号码 移动电话 客户手机 客户手机号 债务人手机 债务人手机号 mobile mobilephone mobileno mobilenumber
        cell cellphone customermobile debtormobile
    """,
    "contact_phone": """
        电话 电话号码 联系电话 联系方式 固定电话 座机 办公电话 客户电话 债务人电话 单位电话 公司电话 phone phonenumber
        phoneno telephone telephoneno tel telno customerphone debtorphone contactphone contactnumber
    """,
    "contact_email": """
        邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 客户邮箱 联系邮箱 email emailaddress mail customeremail debtoremail
        contactemail
    """,
    "contact_address": """
        地址 联系地址 通讯地址 通信地址 客户地址 单位地址 公司地址 注册地址 经营地址 办公地址 债务人地址 住址 送达地址
        address customeraddress debtoraddress billingaddress postaladdress mailingaddress
    """,
    "contact_person": """
        联系人 联系人姓名 客户联系人 业务联系人 财务联系人 对账联系人 contactperson contactpersonname
    """,
    "person_phone": """
        联系人电话 联系人手机 联系人手机号 联系人联系方式 联系人号码 contactpersonphone contactpersonmobile
    """,
    "credit_code": """
        社会信用代码 客户信用代码 企业信用代码 营业执照号 身份证 身份证号 身份证号码 证件号 证件号码 客户税号 taxid
        taxnumber taxno taxpayerid vatnumber vatid vatno creditcode
    """,
}  # fmt: skip

# Columns that number the rows of the file: they say nothing of a receivable and change with every export.
ROW_NUMBER_WORDS = frozenset(
    [
        "序号",
        "行号",
        "行次",
        "no",
        "sn",
        "index",
        "row",
        "rownumber",
        "rowno",
        "rowid",
        "line",
        "lineno",
        "linenumber",
        "unnamed0",
    ]
)

# Part of a header -> field, tried when no whole word fits. First hit wins, so the specific stands before the general.
PARTS: tuple[tuple[str, str], ...] = (
    (r"结清|核销日|清账日|清帐日|(settle|clear|closed?)\w*(date|on)\b", "settled_on"),
    (r"(收款|回款|到账|付款)(日|时间)|(payment|paid|receipt)\w*date", "paid_on"),
    (r"到期|due\s*(in\s*)?(date|on|day)|maturity", "due_on"),
    (r"(过账|记账|入账|审核).*(日|时间)|posting|posted", "posting_on"),
    (
        r"(单据|发票|开票|业务|发生|票据|应收|交易).*(日期|日$|时间)|(invoice|document|billing|issue|trans\w*)\s*date",
        "invoice_on",
    ),
    (r"账期|帐期|信用(天|期)|credit\s*(days|period|term)", "credit_days"),
    (
        r"(客户|客商|往来|债务人|购货|购方|单位).*(编码|编号|代码|号$|id$)|(customer|client|debtor|cust|account|buyer)\s*(id|no|num|number|code)\b",
        "debtor_code",
    ),
    (
        r"(客户|客商|往来单位|债务人|购货|购方|购买方|付款方).*(名|全称|简称|$)|(customer|client|debtor|cust|buyer)\s*name",
        "debtor_name",
    ),
    (
        r"(发票|单据|票据|应收单|订单|凭证|合同).*(号|编码)|(invoice|document|doc|bill|voucher)\s*(no|num|number|id|ref)\b",
        "document_number",
    ),
    (
        r"(单据|发票|票据|业务|凭证).*(类型|类别|种类)|(document|voucher|invoice|transaction|entry)\s*type",
        "document_type",
    ),
    (r"未(核销|收|付|结|清|回)|余额|尚欠|outstanding|balance|open\s*am", "balance"),
    (r"已(核销|收|付|结|清|回)|累计(收|回)款|(paid|received)\s*am", "paid"),
    (r"借方", "debit"),
    (r"贷方", "credit"),
    (r"币种|币别|currency", "currency"),
    (r"金额|价税合计|amount", "amount"),
    (r"摘要|备注|remark|memo", "memo"),
)

# A column that these words name is never a field, however much a part of it looks like one.
NEVER = (
    r"逾期|税额|税率|不含税|单价|数量|折扣|坏账|利息|汇率|银行账号|电话|手机|地址|联系|邮箱|打印|"
    r"最后修改|创建(人|时间)|days\s*(late|to)|aging|ageing|bucket|账龄|tax|price|quantity|qty|rate|"
    r"year|phone|address|email|paperless|disputed|额度|limit|部门|业务员|销售员|经办|人员|担保|"
    r"收款人|收款账号|行号|序号|占比|比例"
)

# A code column that lost its place to a better one and is really a number of the state.
STATE_NUMBER = r"信用代码|税号|纳税人识别号"
LOCAL_AMOUNT = r"本币|本位币|人民币金额|local"
TOTAL_WORDS = (
    r"合计|总计|小计|累计|总合计|本页合计|本页小计|本月合计|本月累计|本年累计|本期合计|页计|共计|"
    r"grandtotal|total|totals|subtotal|sum|sumtotal|overallresult|result|pagetotal"
)
SUBTOTAL_WORDS = r"小计|累计|页计|本页|本月|subtotal|pagetotal"
FOOTER_START = (
    r"^(制表|制单|审核|复核|核准|批准|主管|会计主管|财务主管|单位负责人|负责人|经办|打印|导出|报表|编制|填表|页码|第\d+页|共\d+页|备注[:：]|说明[:：]|注[:：]|注：|以上|以下空白|数据来源|来源[:：]|操作员|查询条件|"
    r"printed|print|prepared|preparedby|page\d*|reviewed|approved|exported|exportedon|generated|endofreport|endofdata|reportdate|source:|note:|notes:|disclaimer|---|===|\*\*\*|__)"
)
PAYMENT_TYPES = (
    r"收款|回款|预收|到账|进账|现金|银行存款|payment|receipt|cash|deposit|unapplied|^(dz|zp|rv-p|pay|pmt)$"
)
DEBIT_SIDES = frozenset({"借", "借方", "应收", "d", "dr", "debit", "s", "+"})
CREDIT_SIDES = frozenset({"贷", "贷方", "c", "cr", "credit", "h", "-"})
CREDIT_TYPES = r"红字|红冲|冲红|退货|贷项|折让|负数|销售退回|credit\s*(note|memo|adj)|^credits?$|refund|return|^(cn|cm|rk|dg|crn)$"
INVOICE_TYPES = r"发票|应收单|其他应收|蓝字|销售|invoice|bill|debit|^(rv|dr|rn|inv|si|ri)$"
STATED_DATE = (
    r"(?:截止|截至|基准|统计|报表|账龄)(?:日期|日|时间)?\s*[:：]?\s*|as\s*of\s*(?:date)?\s*[:：]?\s*"
)
