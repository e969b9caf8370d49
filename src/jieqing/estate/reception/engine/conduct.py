"""What a site does and what it never does, each with the rule behind it: the words of the public page.

The platform holds tenants to the second list whatever a page says; here it is told to the people it protects. Every
line names its source as the law itself names it, with the words that a debtor would use for it.

Source: law.md section 2 (RL-01 … RL-18) and "Who may be a tenant"; GB/T 45251—2025 5.3 for the hours (a recommended
standard, called so).
"""

from dataclasses import dataclass

from jieqing.estate.reception.engine.enquiries import Pair
from jieqing.estate.sites.engine.tenancy import SiteKind


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and its source."""

    text: Pair
    source: Pair


NEVER: tuple[Line, ...] = (
    Line(
        ("不使用暴力，不威胁、恐吓、跟踪、骚扰，不限制人身自由，不闯入住宅",
         "No violence, threats, stalking or harassment; nobody is held; no home is entered"),
        ("刑法第 238、245、293 条之一",
         "Criminal Law, articles 238, 245, 293-1"),
    ),
    Line(
        ("不辱骂、不诽谤、不揭发隐私，不张贴喷字、不拉横幅、不堵门",
         "No insults, no exposing of private matters, no posters, banners or blocked doors"),
        ("刑法第 246 条；两高两部 2019 年“软暴力”意见第二条",
         "Criminal Law, article 246; 2019 opinion on 'soft violence', item 2"),
    ),
    Line(
        ("不冒充法院、公安、检察院或监管部门，不伪造文书和印章",
         "Nobody poses as a court, the police or a regulator; no forged papers or seals"),
        ("刑法第 279、280 条",
         "Criminal Law, articles 279, 280"),
    ),
    Line(
        ("不向您的家人、同事、朋友透露欠款，更不向他们催收",
         "Your debt is not told to family, colleagues or friends, and nobody collects from them"),
        ("民法典第 1032、1033 条；GB/T 45251—2025 5.3（推荐性国家标准）",
         "Civil Code, articles 1032, 1033; GB/T 45251—2025 5.3 (recommended standard)"),
    ),
    Line(
        ("晚 10 点至早 8 点不联系，另有约定的除外",
         "No contact between 22:00 and 08:00 unless agreed"),
        ("GB/T 45251—2025 5.3（推荐性国家标准）",
         "GB/T 45251—2025 5.3 (recommended standard)"),
    ),
    Line(
        ("不反复发送侮辱、恐吓信息，不纠缠",
         "No repeated insulting or frightening messages, no pestering"),
        ("治安管理处罚法（2025 修订）第 50 条第 1 款第 5 项",
         "Public Security Administration Punishments Law (2025), article 50(1)(5)"),
    ),
    Line(
        ("不买卖、不非法获取个人信息",
         "Personal information is neither bought, sold nor obtained unlawfully"),
        ("刑法第 253 条之一；个人信息保护法",
         "Criminal Law, article 253-1; Personal Information Protection Law"),
    ),
    Line(
        ("不收现金，不用工作人员或中间人的个人账户收款；款项只进入资金监管账户或债权人本人的账户",
         "No cash, no account of a staff member or middleman: money goes to the supervised account or to the creditor only"),
        ("平台规则：结清不经手客户资金",
         "Platform rule: Jieqing never handles clients’ money"),
    ),
    Line(
        ("不处理高利放贷等非法债务，不虚构事实起诉",
         "No unlawful debts such as usury; no lawsuit on invented facts"),
        ("刑法第 293 条之一、第 307 条之一；民间借贷司法解释第 13、26 条",
         "Criminal Law, articles 293-1, 307-1; Private Lending Provisions, articles 13, 26"),
    ),
)  # fmt: skip

_SHARED: tuple[Line, ...] = (
    Line(
        ("核对账目：每一笔金额都能打开看到来源和计算",
         "Accounts that can be checked: every amount opens to its source and its calculation"),
        ("民法典第 509、579 条",
         "Civil Code, articles 509, 579"),
    ),
    Line(
        ("协商分期，登记异议和困难；有异议时先核实，再谈付款",
         "Plans by agreement; disputes and hardship are recorded, and a dispute is checked first"),
        ("民法典第 5、543 条",
         "Civil Code, articles 5, 543"),
    ),
    Line(
        ("每一步都留存证，法院和您都能自行核验",
         "Every step leaves evidence that a court, and you, can check"),
        ("人民法院在线诉讼规则第 16–19 条",
         "Online Litigation Rules, articles 16–19"),
    ),
)  # fmt: skip

_BY_KIND: dict[SiteKind, Line] = {
    SiteKind.LAW_FIRM: Line(
        ("由律师出具律师函、代理诉讼、申请执行；以律师名义办理的只有律师",
         "Lawyers write letters, sue and enforce; only lawyers act as lawyers"),
        ("律师法第 13、25、28 条",
         "Lawyers Law, articles 13, 25, 28"),
    ),
    SiteKind.IN_HOUSE: Line(
        ("只处理本企业自己的应收账款，不替他人收账",
         "Handles this company's own receivables only, nobody else's"),
        ("国经贸综合〔2000〕568 号：禁止开办讨债公司",
         "Notice 568 of 2000: debt-collection companies are banned"),
    ),
    SiteKind.OUTSOURCING: Line(
        ("只凭金融机构的书面委托办理，不转包",
         "Acts on a financial institution's written mandate only, without sub-contracting"),
        ("个人信息保护法第 21 条；GB/T 45251—2025 5.4（推荐性国家标准）",
         "Personal Information Protection Law, article 21; GB/T 45251—2025 5.4 (recommended standard)"),
    ),
    SiteKind.AMC: Line(
        ("处置依法受让的债权；转让以通知到您为准",
         "Handles claims lawfully assigned to it; an assignment binds you once you are notified"),
        ("民法典第 545–546 条",
         "Civil Code, articles 545–546"),
    ),
    SiteKind.MEDIATION: Line(
        ("居中调解，不偏向任何一方，不催收",
         "Mediates between both sides, takes neither, collects nothing"),
        ("商事调解条例；人民调解法",
         "Commercial Mediation Regulations; People's Mediation Law"),
    ),
}  # fmt: skip


def duties_of(kind: str) -> tuple[Line, ...]:
    """What a site of this kind does."""
    return (_BY_KIND[SiteKind(kind)], *_SHARED)


FRAUD_SIGNS: tuple[Pair, ...] = (
    ("要求转账到工作人员或陌生人的个人账户、扫个人收款码或付现金",
     "asks for a transfer to a staff member's or stranger's account, a personal payment code or cash"),
    ("索要验证码、银行卡密码，或要您共享屏幕、下载软件",
     "asks for codes or bank passwords, for your screen to be shared or software to be installed"),
    ("自称公安、法院、检察院，说要拘留您、马上冻结账户",
     "claims to be police, court or prosecutor and says you will be detained or accounts frozen"),
    ("说可以收费替您“修复征信”“消除逾期记录”",
     "offers to repair your credit record for a fee"),
    ("不肯说机构全称、经办人姓名，不让您自己回拨核实",
     "will not give the full name of the institution or the person, or will not let you call back"),
    ("威胁告诉您的家人、同事，或在深夜反复来电",
     "threatens to tell family or colleagues, or calls again and again at night"),
)  # fmt: skip

HOTLINES: tuple[tuple[str, Pair], ...] = (
    ("110", ("人身受到威胁时报警", "police, when you are threatened")),
    ("96110", ("反诈专线", "fraud prevention line")),
    ("12348", ("公共法律服务热线，免费法律咨询", "public legal service, free advice")),
    ("12378", ("银行保险消费者投诉维权热线", "banking and insurance complaints")),
)
