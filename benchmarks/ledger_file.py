"""A synthetic receivables ledger as a Chinese ERP exports it: 12 columns, clean rows, the same for the same seed.

Clean on purpose: the limit (COPY) and the peer must be able to take every row, and what odd rows cost is another claim.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

COLUMNS = (
    "客户编码", "客户名称", "发票号码", "开票日期", "到期日", "币种", "发票金额", "已收金额", "收款日期", "部门", "业务员", "摘要",
)  # fmt: skip
_CITIES = ("无锡", "苏州", "常州", "南京", "杭州", "宁波", "合肥", "武汉", "青岛", "佛山")
_TRADES = ("轴承", "机械", "包装", "电气", "钢构", "模具", "纺织", "化工", "物流", "精密")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_FIRST_DAY = date(2024, 1, 1)
_DAYS = 720


@dataclass(frozen=True)
class Totals:
    """What every contender must find in the file, in minor units."""

    rows: int
    debtors: int
    amount: int
    paid: int
    paid_rows: int


def write_ledger(path: Path, *, rows: int, seed: int, debtors: int = 20_000) -> Totals:
    """Write a file of ``rows`` rows; invoice numbers are unique, seven in ten are paid, one in ten of those in part."""
    generator = random.Random(seed)
    days = [(_FIRST_DAY + timedelta(days=n)).isoformat() for n in range(_DAYS + 200)]
    names = [
        f"{_CITIES[n % 10]}{generator.choice(_SURNAMES)}氏{_TRADES[n // 10 % 10]}{n:05d}有限公司"
        for n in range(debtors)
    ]
    amount_sum = paid_sum = paid_rows = 0
    seen: set[int] = set()
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for row in range(rows):
            debtor = generator.randrange(debtors)
            seen.add(debtor)
            day = generator.randrange(_DAYS)
            minor = generator.randrange(100, 50_000_000)
            paid, paid_on = 0, ""
            if generator.random() < 0.7:
                paid = minor if generator.random() < 0.9 else minor // 2
                paid_on = days[day + generator.randrange(1, 150)]
                paid_rows += 1
            amount_sum += minor
            paid_sum += paid
            writer.writerow(
                (
                    f"C{debtor:06d}", names[debtor], f"{24_000_000 + row}", days[day], days[day + 30 + row % 4 * 15], "CNY",
                    f"{minor // 100}.{minor % 100:02d}", f"{paid // 100}.{paid % 100:02d}", paid_on,
                    f"销售{row % 9 + 1}部", f"业务员{row % 60:02d}", f"货款 第{row % 1000}批",
                )
            )  # fmt: skip
    return Totals(rows, len(seen), amount_sum, paid_sum, paid_rows)


def head_of(path: Path, target: Path, rows: int) -> None:
    """The header and the first ``rows`` rows."""
    with path.open(encoding="utf-8") as source, target.open("w", encoding="utf-8") as sink:
        for number, line in enumerate(source):
            if number > rows:
                break
            sink.write(line)
