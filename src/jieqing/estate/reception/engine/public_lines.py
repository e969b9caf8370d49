"""Lines that a site's owner puts on the public pages: filing numbers of the footer, and where to check a call.

Four footer numbers have an official form each; what is out of form is refused with an example, because a wrong number on
a public page is a false statement. An empty line is not shown at all.

Source: 《互联网信息服务管理办法》 (ICP), 《计算机信息网络国际联网安全保护管理办法》12 (public security),
《互联网信息服务算法推荐管理规定》24 and 26, 《区块链信息服务管理规定》11 and 13 (the number is to be shown).
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from jieqing.estate.reception.engine.enquiries import Pair
from jieqing.kernel.outcomes import Problem

VALUE_LENGTH_MAX = 600


class Slot(StrEnum):
    SLOGAN = "slogan"
    INTRODUCTION = "introduction"
    SERVICES = "services"
    VERIFY_PHONE = "verify_phone"
    HOURS = "hours"
    PRIVACY_CONTACT = "privacy_contact"
    ICP = "icp"
    POLICE = "police"
    ALGORITHM = "algorithm"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class SlotKind:
    """What a slot is called, what it looks like, and where anybody can look the number up."""

    name: Pair
    example: str
    form: str
    register: str = ""
    is_footer: bool = True
    # What the site says of itself and its business: read by the scope guard like its name.
    is_about_us: bool = False


_PROVINCE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]"

SLOTS: dict[Slot, SlotKind] = {
    Slot.SLOGAN: SlotKind(
        ("宣传语", "Slogan"), "把账说清楚，把事谈妥。", r".{2,60}", is_footer=False, is_about_us=True
    ),
    Slot.INTRODUCTION: SlotKind(
        ("机构介绍", "Introduction"), "本公司财务部应收账款组，只处理本公司自己的货款。", r".{2,600}",
        is_footer=False, is_about_us=True,
    ),
    Slot.SERVICES: SlotKind(
        ("服务项目", "Services"), "对账；分期协商；异议核实", r".{2,600}", is_footer=False, is_about_us=True
    ),
    Slot.VERIFY_PHONE: SlotKind(
        ("核实电话", "Telephone for checking"), "0510-85000000", r"\+?[0-9][0-9 ()-]{5,24}[0-9]", is_footer=False
    ),
    Slot.HOURS: SlotKind(("接待时间", "Hours"), "工作日 9:00–17:30", r".{2,60}", is_footer=False),
    Slot.PRIVACY_CONTACT: SlotKind(
        ("个人信息保护联系方式", "Contact for personal information"), "privacy@example.com", r".{5,120}", is_footer=False
    ),
    Slot.ICP: SlotKind(
        ("ICP 备案号", "ICP filing"), "苏ICP备12345678号-1", rf"{_PROVINCE}ICP备[0-9]{{6,12}}号(-[0-9]{{1,4}})?",
        "https://beian.miit.gov.cn/",
    ),
    Slot.POLICE: SlotKind(
        ("公安备案号", "Public security filing"), "苏公网安备32020000000000号", rf"{_PROVINCE}公网安备[0-9]{{10,16}}号",
        "https://beian.mps.gov.cn/",
    ),
    Slot.ALGORITHM: SlotKind(
        ("算法备案号", "Algorithm filing"), "网信算备320200000000000000001号", r"网信算备[0-9]{12,24}号",
        "https://beian.cac.gov.cn/",
    ),
    Slot.CHAIN: SlotKind(
        ("区块链备案号", "Blockchain filing"), "苏网信备32020000000000000001号", rf"{_PROVINCE}网信备[0-9]{{12,24}}号",
        "https://bcbeian.ifcert.cn/",
    ),
}  # fmt: skip


def read_line(slot: Slot, text: str) -> str | Problem:
    """The line as it will be shown; empty takes it off the page.

    Example:
        >>> read_line(Slot.ICP, " 苏ＩＣＰ备12345678号-1 "), read_line(Slot.ICP, "12345678").code
        ('苏ICP备12345678号-1', 'public_line.form')
    """
    kind = SLOTS[slot]
    # Numbers are brought into their form; sentences keep their marks.
    plain = " ".join((text if kind.is_about_us else unicodedata.normalize("NFKC", text)).split())
    if not plain or (
        len(plain) <= VALUE_LENGTH_MAX and plain.isprintable() and re.fullmatch(kind.form, plain)
    ):
        return plain
    return Problem(
        code="public_line.form",
        zh=f"{kind.name[0]}“{plain[:40]}”的格式不对，没有保存。",
        en=f'{kind.name[1]} "{plain[:40]}" is out of form and was not saved.',
        todo_zh=f"请照备案凭证填写，例如：{kind.example}；留空则不显示。",
        todo_en=f"Write it as on the certificate, for example: {kind.example}; empty shows nothing.",
        details={"slot": slot.value},
    )
