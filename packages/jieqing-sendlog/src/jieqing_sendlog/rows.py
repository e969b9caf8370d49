"""The rows of the law that a log can be held against, each with its article and one sentence in zh and en.

Rows whose id begins with HOUSE are promises of the platform, not law; they say so. Row ids are those of the project's
list of law, so that a finding leads back to its source and its confidence.
"""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    article: str
    zh: str
    en: str


_GBT, _CBA = "GB/T 45251—2025", "《金融机构个人消费类贷款催收工作指引（试行）》2026-01-30"
_CARD, _REGF, _CONC = "《商业银行信用卡业务监督管理办法》", "12 CFR", "CONC"
_SEVEN = f"{_REGF} 1006.14(b)(2)(i)"

ROWS: dict[str, Row] = {
    "GBT-01": Row(f"{_GBT} 5.3", "只能向债务人及依法担责的担保人催收", "collect only from the debtor or a liable guarantor"),
    "GBT-02": Row(f"{_GBT} 5.3", "债务人可联系时不得联系第三人；目的仅限找到债务人", "a contact person only when the debtor cannot be reached"),
    "GBT-03": Row(f"{_GBT} 5.3", "联系人拒绝后不得再联系", "never again after a contact person refused"),
    "GBT-04": Row(f"{_GBT} 5.3、5.5", "不得向第三人或未核身者透露欠款", "no word of the debt to a third or unverified person"),
    "GBT-05": Row(f"{_GBT} 5.3", "22:00至次日8:00（对方当地）及约定时间以外不得催收", "no contact 22:00–08:00 local or outside agreed hours"),
    "GBT-06": Row(f"{_GBT} 5.3", "交互式语音每日有效通话不超过3次", "at most 3 effective calls a day"),
    "GBT-07": Row(f"{_GBT} 5.3", "告知式语音每日拨通不超过3次", "at most 3 connected notice calls a day"),
    "GBT-08": Row(f"{_GBT} 5.3", "告知式内容须经债权机构事先审批", "notice content must be approved beforehand"),
    "GBT-12": Row(f"{_GBT} 5.2", "催收人员须无不良记录并签保密承诺", "staff need a clean record and a signed pledge"),
    "GBT-13": Row(f"{_GBT} 5.2", "催收人员须经岗前考试及年度培训", "staff need the exam and yearly training"),
    "GBT-16": Row(f"{_GBT} 5.4", "同一债务不得同时委托多家机构", "one debt is not with several agencies at once"),
    "GBT-17": Row(f"{_GBT} 5.3", "只能使用受控、留痕的工具", "only controlled, recorded tools"),
    "GBT-20": Row(f"{_GBT} 5.3（待核）", "外访须两人以上、白天、全程录音录像", "visits: two people, daytime, fully recorded"),
    "CBA-01": Row(_CBA, "未经债务人同意，22:00至次日8:00不得催收", "no collection 22:00–08:00 without consent"),
    "CBA-02": Row(_CBA, "同一号码每日拨打不超过6次", "at most 6 dials of a number a day"),
    "CBA-03": Row(_CBA, "债务人失联（号码失效或连续3次联系失败）方可联系第三人", "a third person only after 3 failures in a row"),
    "CBA-04": Row(_CBA, "对第三人只能询问联系方式或请其转告，拒绝即停", "ask a third person only for contact or to pass on"),
    "CBA-05": Row(_CBA, "首次联系须主动表明机构身份", "state who is calling at the first contact"),
    "NIFA-01": Row("《互联网金融逾期债务催收自律公约（试行）》", "外访须全程录音录像", "visits are fully recorded"),
    "CFC-01": Row("《消费金融公司管理办法》", "不得骚扰无关第三人，催收记录完整可溯", "no unrelated third party; complete records"),
    "MLC-01": Row("《小额贷款公司监督管理暂行办法》", "不得向无偿还义务者催收", "no collection from people without duty to pay"),
    "CARD-01": Row(f"{_CARD}第六十八条", "不得向第三人催收；催收须录音", "no collection from third persons; record calls"),
    "CARD-02": Row(f"{_CARD}第六十九条", "催收函须载明法定要素", "a collection letter carries its elements"),
    "CARD-04": Row(f"{_CARD}第七十条", "分期协议签订后未违约不得催收", "no collection under a kept instalment plan"),
    "INET-01": Row("《商业银行互联网贷款管理暂行办法》", "有催收投诉的合作机构须停止", "a complaint stops the cooperating agency"),
    "OUT-02": Row("《个人信息保护法》第二十一条", "无有效委托不得处理债务人信息", "no contact without a placement in force"),
    "COMP-05": Row("CARD-03、Reg F 1006.38、CONC 7.14", "异议或投诉未答复前暂停催收", "a dispute or complaint pauses collection"),
    "RL-06": Row("《刑法》第二百四十五条", "不得未经同意进入住宅", "no entry into a home without consent"),
    "RL-16": Row("国经贸综合〔2000〕568号", "站点须有资质且备案有效；一般公司不得代人追讨商账", "only a licensed, filed site; no hired chasing"),
    "RL-17": Row("《律师法》第十三条", "非律师不得以律师名义", "nobody but a lawyer signs as one"),
    "RL-20": Row("《反电信网络诈骗法》第十四条", "不得使用虚假主叫号码", "no false caller number"),
    "SOL-17": Row("《民法典》第一百九十二条", "时效已届满不得以诉讼相威胁", "no threat of suit on a time-barred debt"),
    "MED-03": Row("《商事调解条例》第十四、十五条", "一方明确拒绝即不得调解", "no mediation after a clear refusal"),
    "MED-11": Row("调解中立义务", "调解机构不得催收或以诉讼相威胁", "a mediator neither collects nor threatens"),
    "PI-01": Row("《个人信息保护法》第十三条", "对第三人无处理其信息催收的依据", "no basis for collecting from third persons"),
    "PI-06": Row("《个人信息保护法》第二十八至三十一条", "不得向未成年人或无行为能力人催收", "no collection from a minor or incapable person"),
    "AI-01": Row("《人工智能生成合成内容标识办法》第四条", "合成语音须有显式标识", "synthetic voice carries its label"),
    "AI-05": Row("PIPL 24、GBT-06（设计）", "对方拒绝后机器人须停止", "a refusal stops the robot"),
    "AI-07": Row("《通信短信息服务管理规定》", "拒收后不得再发", "no message after an opt-out"),
    "AI-08": Row("《通信短信息服务管理规定》", "短信须有签名和退订方式", "a text carries its signature and the way out"),
    "AI-10": Row("RL-08、ENF-04（设计）", "无法院文书不得称已立案、通缉、强制执行、列入失信", "no invented court steps"),
    "US-01": Row(f"{_SEVEN}(A)", "7日内就同一债务不得超过7次呼叫", "at most 7 calls in 7 days about one debt"),
    "US-02": Row(f"{_SEVEN}(B)", "通话后7日内不得再呼叫", "no call within 7 days after a conversation"),
    "US-04": Row(f"{_REGF} 1006.6(b)(1)", "当地8:00前、21:00后不得联系", "not before 08:00 or after 21:00 local"),
    "US-05": Row(f"{_REGF} 1006.6(b)(2)", "有律师的只联系律师", "a represented person only through the lawyer"),
    "US-06": Row(f"{_REGF} 1006.6(c)", "书面要求停止后不得再联系", "a written cease stops contact"),
    "US-07": Row(f"{_REGF} 1006.6(d)、1006.10", "第三人只可询问所在，不提债务，且仅一次", "third persons: location only, no debt, once"),
    "US-08": Row(f"{_REGF} 1006.6(d)(5)、(e)", "电子信息须有免费退订，号码60日内核对", "a free way out; number checked within 60 days"),
    "US-09": Row(f"{_REGF} 1006.14(h)、1006.22(f)", "不得用已拒绝的方式或工作邮箱", "no medium opted out of, no work e-mail"),
    "US-10": Row(f"{_REGF} 1006.34", "首次联系后5日内须送达核实通知", "validation notice within 5 days"),
    "US-11": Row(f"{_REGF} 1006.38", "异议未答复前停止催收", "a dispute stops collection until answered"),
    "US-12": Row(f"{_REGF} 1006.26(b)", "不得就过时效债务威胁起诉", "no threat of suit on a time-barred debt"),
    "UK-03": Row(f"{_CONC} 7.3.11R", "债务顾问协助期间暂停追讨", "pause while a debt adviser helps"),
    "UK-04": Row(f"{_CONC} 7.9–7.15", "不得在不合理时间或向他人透露，注意行为能力与时效", "no unreasonable times; care with others and capacity"),
    "UK-05": Row(f"{_CONC} 7.14.1R", "有正当异议须暂停并调查", "a valid dispute suspends recovery"),
    "UK-06": Row("Breathing Space Regulations 2020", "喘息期内不得追讨", "no recovery in the breathing space"),
    "HOUSE-ROBOT": Row("平台承诺（非法律） / the platform's promise", "机器人外呼每人每7日不超过3次", "at most 3 robot calls a person in 7 days"),
    "HOUSE-UNCERTAIN": Row("平台承诺（非法律） / the platform's promise", "送达不明未了结前不得再联系", "no contact while a delivery is uncertain"),
    "HOUSE-HOLD": Row("平台承诺（非法律） / the platform's promise", "案件暂停期间不得催收", "no collection while a hold stands"),
}  # fmt: skip
