"""Invented values for the living page: a made-up Wuxi supplier's ledger, so that components are seen with real widths."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.charts import OVERDUE_COLOURS, Chart, ChartKind, Series


@dataclass(frozen=True, slots=True)
class Debtor:
    name: str
    open_minor: int
    overdue_days: int
    grade: str
    tone: str
    due_on: date
    next_step: object
    entry: str


DEBTORS = (
    Debtor(
        "无锡宏达机械有限公司",
        386_200_00,
        47,
        "BB",
        "warn",
        date(2026, 10, 6),
        gettext_lazy("电话提醒"),
        "0192f0c4",
    ),
    Debtor(
        "江阴市李氏包装材料厂（个体工商户）",
        12_480_00,
        12,
        "A",
        "good",
        date(2026, 11, 10),
        gettext_lazy("等待承诺付款"),
        "",
    ),
    Debtor(
        "苏州工业园区远景精密五金制品股份有限公司",
        4_120_336_20,
        203,
        "CCC",
        "bad",
        date(2026, 5, 3),
        gettext_lazy("诉前保全"),
        "0192f0c5",
    ),
    Debtor(
        "Kraftwerk Anlagenbau GmbH",
        -18_400_50,
        0,
        "AA",
        "good",
        date(2026, 12, 20),
        gettext_lazy("核对贷项"),
        "0192f0c6",
    ),
)

UNREADABLE_DATE = Problem(
    code="import.date_unreadable",
    zh="第 37 行到期日无法识别：2026-13-01。",
    en="Row 37: the due date 2026-13-01 cannot be read.",
    todo_zh="修改该单元格后重新检查，或先导入其余 1,203 行。",
    todo_en="Correct the cell and check again, or import the other 1,203 rows first.",
    details={"kept_zh": "该行已暂存，没有丢弃。", "kept_en": "The row is staged; nothing was dropped."},
)


def ageing_chart() -> Chart:
    return Chart(
        name="ageing",
        title=_("账龄分布"),
        category_title=_("逾期天数"),
        categories=[_("未到期"), "1–30", "31–60", "61–90", "91–180", "> 180"],
        series=[
            Series(
                _("未收金额"),
                [35_306_218_35, 5_204_117_85, 3_100_400_00, 1_902_300_00, 1_600_000_00, 1_097_300_00],
                colours=OVERDUE_COLOURS,
            )
        ],
        currency="CNY",
        links=["#1", "#2", "#3", "#4", "#5", "#6"],
        has_total=True,
    )


def collected_chart() -> Chart:
    return Chart(
        name="collected",
        title=_("每月回款与目标"),
        category_title=_("月份"),
        categories=[f"2026-{month:02d}" for month in range(6, 12)],
        series=[
            Series(
                _("回款"),
                [2_910_000_00, 3_300_000_00, 2_780_000_00, 3_940_000_00, 4_120_000_00, 3_118_000_00],
            ),
            Series(_("目标"), [4_000_000_00] * 6, colour="cat-8"),
        ],
        kind=ChartKind.LINE,
        currency="CNY",
    )


def import_steps() -> list[dict[str, str]]:
    return [
        {"label": _("文件"), "state": "done", "href": "#"},
        {"label": _("字段匹配"), "state": "done", "href": "#"},
        {"label": _("检查"), "state": "current"},
        {"label": _("完成"), "state": "todo"},
    ]
