"""A made-up ledger of a made-up bearing manufacturer in Wuxi, for demonstrations and tests.

Every name is invented and every file says that it is example data. The same seed and the same day give the same
bytes. The ledger behaves like one: four in ten debtors pay near the due date, some late, some very late, a few stop;
invoices are paid in full, in part or not yet; there are red invoices, advance receipts that nothing is matched to, and
three foreign debtors. `bad_ledger` has the same columns as a tired clerk would send them.

Units: amounts in fen and cents while generated, written as 1234.50.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

LABEL = "示例数据 synthetic example data"
COLUMNS = (
    "客户编码", "客户名称", "单据类型", "发票号", "开票日期", "到期日", "币种",
    "价税合计", "已收金额", "未收余额", "收款日期", "业务员", "部门", "备注",
)  # fmt: skip
PLACES = (
    "无锡",
    "江阴",
    "宜兴",
    "苏州",
    "昆山",
    "常州",
    "溧阳",
    "镇江",
    "南通",
    "泰州",
    "扬州",
    "湖州",
    "嘉兴",
    "宁波",
    "绍兴",
    "滁州",
    "芜湖",
    "聊城",
)
BRANDS = (
    "宏达",
    "远帆",
    "鼎力",
    "恒锐",
    "博远",
    "华衡",
    "瑞拓",
    "金驰",
    "盛岳",
    "立成",
    "泰科源",
    "新迈",
    "祥云",
    "正泽",
    "凯邦",
    "润丰",
    "天工",
    "力源",
    "永进",
    "众合",
)
TRADES = (
    "机械",
    "电机",
    "减速机",
    "纺织机械",
    "汽车零部件",
    "泵业",
    "风电设备",
    "输送设备",
    "农机",
    "机床",
    "五金机电",
    "轧辊",
)
FOREIGN = (("Nordhavn Pumps ApS", "EUR"), ("Calder Ridge Machinery Inc", "USD"), ("Mekar Jaya Motors", "USD"))
PEOPLE = ("周敏", "陈立", "吴倩", "钱伟", "孙洁")
DEPARTMENTS = ("销售一部", "销售二部", "外贸部")
GOODS = (
    "深沟球轴承 6205",
    "圆锥滚子轴承 30208",
    "调心滚子轴承 22210",
    "角接触球轴承 7206",
    "推力球轴承 51108",
    "带座轴承 UCP205",
    "滚针轴承 NK20/16",
)
TERMS = (30, 45, 60, 60, 90)
# Share of debtors, mean days from due to payment, chance that a payment is only part, chance that it never comes.
HABITS = ((40, -3, 4, 1), (30, 12, 8, 2), (18, 38, 15, 6), (9, 75, 25, 18), (3, 30, 10, 92))


T = TypeVar("T")


class Draw:
    """Draws from a seed through `random()` alone, the one method whose values Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  a seeded story, no secret

    def below(self, bound: int) -> int:
        return int(self._random.random() * bound)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def around(self, mean: int, spread: int) -> int:
        """Return a whole number near the mean: the sum of four even draws, about bell-shaped."""
        return mean + round(sum(self._random.random() - 0.5 for _ in range(4)) * spread)


@dataclass(frozen=True)
class Debtor:
    code: str
    name: str
    currency: str
    terms: int
    habit: tuple[int, int, int, int]
    seller: str
    department: str
    scale: int


@dataclass(frozen=True)
class Document:
    debtor: Debtor
    sort: str
    number: str
    issued_on: date
    due_on: date | None
    minor: int
    paid_minor: int
    paid_on: date | None
    note: str

    def cells(self) -> tuple[str, ...]:
        who = self.debtor
        currency = {"CNY": "人民币", "USD": "美元", "EUR": "欧元"}[who.currency]
        due, paid_on = (day.isoformat() if day else "" for day in (self.due_on, self.paid_on))
        money = (written(minor) for minor in (self.minor, self.paid_minor, self.minor - self.paid_minor))
        return (
            who.code, who.name, self.sort, self.number, self.issued_on.isoformat(), due, currency,
            *money, paid_on, who.seller, who.department, self.note,
        )  # fmt: skip


def written(minor: int) -> str:
    """Return fen as yuan: written(-5) == "-0.05"."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def synthetic_ledger(*, seed: int, until: date, invoices: int = 600, debtors: int = 60) -> bytes:
    """Return the ledger as CSV (UTF-8 with BOM): a title, the header, documents by day, one total per currency."""
    documents = ledger_documents(seed=seed, until=until, invoices=invoices, debtors=debtors)
    blank = ("",) * (len(COLUMNS) - 1)
    rows: list[Sequence[str]] = [
        (f"江南轴承有限公司 应收账款明细表（{LABEL}，企业与人名均为虚构）", *blank),
        (f"截止日期：{until.isoformat()}", *blank),
        COLUMNS,
        *(document.cells() for document in documents),
    ]
    for currency, label in (("CNY", "人民币"), ("USD", "美元"), ("EUR", "欧元")):
        own = [document for document in documents if document.debtor.currency == currency]
        if own:
            total, paid = sum(one.minor for one in own), sum(one.paid_minor for one in own)
            rows.append(
                (
                    "合计",
                    "",
                    "",
                    "",
                    "",
                    "",
                    label,
                    written(total),
                    written(paid),
                    written(total - paid),
                    "",
                    "",
                    "",
                    "",
                )
            )
    return csv_file(rows)


def ledger_documents(*, seed: int, until: date, invoices: int, debtors: int) -> list[Document]:
    """Return the documents by day and number; one in thirty invoices has a red one, one in a hundred an advance."""
    draw = Draw(seed)
    people = _debtors(draw, debtors)
    drawn = [debtor for debtor in people for _ in range(debtor.scale)]
    documents: list[Document] = []
    for serial in range(1, invoices + 1):
        debtor = draw.pick(drawn)
        issued_on = until - timedelta(days=min(draw.below(540), draw.below(700)))
        documents.append(_invoice(draw, debtor, serial, issued_on, until))
        if draw.below(30) == 0:
            documents.append(_red_invoice(draw, documents[-1], serial, until))
        if draw.below(100) == 0:
            documents.append(_advance(draw, debtor, serial, issued_on))
    return sorted(documents, key=lambda document: (document.issued_on, document.number))


def _debtors(draw: Draw, count: int) -> list[Debtor]:
    names: list[tuple[str, str]] = list(FOREIGN)
    while len(names) < count:
        name = draw.pick(PLACES) + draw.pick(BRANDS) + draw.pick(TRADES)
        name += draw.pick(("有限公司", "有限公司", "有限公司", "股份有限公司", "厂", "经营部"))
        if name not in {known for known, _ in names}:
            names.append((name, "CNY"))
    habits = [habit for habit in HABITS for _ in range(habit[0])]
    debtors = []
    for serial, (name, currency) in enumerate(names[:count], start=1):
        abroad = currency != "CNY"
        debtors.append(
            Debtor(
                code=f"{'W' if abroad else 'K'}{1000 + serial}",
                name=name,
                currency=currency,
                terms=draw.pick(TERMS),
                habit=draw.pick(habits),
                seller=draw.pick(PEOPLE),
                department=DEPARTMENTS[2] if abroad else draw.pick(DEPARTMENTS[:2]),
                scale=draw.pick((1, 1, 2, 3, 5, 8)),
            )
        )
    return debtors


def _invoice(draw: Draw, debtor: Debtor, serial: int, issued_on: date, until: date) -> Document:
    due_on = issued_on + timedelta(days=debtor.terms)
    minor = (draw.below(90) + 10) * (draw.below(90) + 10) * (draw.below(120) + 20) * 100 + draw.below(100)
    if debtor.currency != "CNY":
        minor //= 6
    _, delay, part_percent, never_percent = debtor.habit
    paid_on: date | None = max(issued_on, due_on + timedelta(days=draw.around(delay, 24)))
    paid = minor
    if draw.below(100) < never_percent or (paid_on is not None and paid_on > until):
        paid, paid_on = 0, None
    elif draw.below(100) < part_percent:
        paid = minor * draw.pick((30, 50, 60, 70)) // 100
    if debtor.currency == "CNY":
        number = f"{issued_on.year % 100}32200000{100_000 + draw.below(900_000)}{serial:04d}"
    else:
        number = f"JN-EXP-{issued_on.year}-{serial:04d}"
    sort = "销售发票" if debtor.currency == "CNY" else "出口发票"
    return Document(debtor, sort, number, issued_on, due_on, minor, paid, paid_on, f"{draw.pick(GOODS)} 货款")


def _red_invoice(draw: Draw, of: Document, serial: int, until: date) -> Document:
    issued_on = min(until, of.issued_on + timedelta(days=3 + draw.below(37)))
    minor = -(of.minor * draw.pick((5, 10, 20)) // 100)
    number = f"{issued_on.year % 100}32300000{100_000 + draw.below(900_000)}{serial:04d}"
    return Document(of.debtor, "红字发票", number, issued_on, issued_on, minor, 0, None, "退货红字冲销")


def _advance(draw: Draw, debtor: Debtor, serial: int, received_on: date) -> Document:
    minor = -(5 + draw.below(55)) * 100_000
    return Document(
        debtor,
        "收款单",
        f"SK{received_on:%Y%m%d}{serial:04d}",
        received_on,
        None,
        minor,
        0,
        None,
        "预收货款，未核销",
    )


def csv_file(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")
