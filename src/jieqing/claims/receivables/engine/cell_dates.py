"""One cell as a calendar day: the definition that every faster path must equal.

A year written first is never ambiguous. A year written last needs the order of its column, which
`column_orders` finds from the whole column; without it, a cell that reads both ways is a fault and names both days.
A two-digit year is a fault that a person may confirm (70–99 read as 19xx). A time of day is dropped: a ledger's day
is the day as written. Days outside 1970–2100 are faults, because 9999-12-31 means "unknown", not a day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from jieqing.claims.receivables.engine.cell_texts import BLANK_WORDS, ERROR_VALUE, fold
from jieqing.claims.receivables.engine.row_problems import Fault

YEAR_MIN, YEAR_MAX = 1970, 2100
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904_DAYS = 1462
TIME = (
    r"(?:(?:\s*[T ]\s*|\s+)(?:上午|下午|AM|PM)?\s*\d{1,2}[:时点]\d{1,2}(?:[:分]\d{1,2}(?:[.,]\d+)?)?"
    r"秒?\s*(?:AM|PM|上午|下午)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
YEAR_FIRST = re.compile(
    rf"^(\d{{4}})\s*([-/.年\s])\s*(\d{{1,2}})\s*[-/.月\s]\s*(\d{{1,2}})\s*日?{TIME}$", re.I
)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\s*(?:T|\s)?\d{6}|\s+\d{1,2}:\d{2}(?::\d{2})?|\.0+)?$")
YEAR_LAST = re.compile(rf"^(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*[-/.]\s*(\d{{4}}){TIME}$", re.I)
SHORT_YEAR = re.compile(rf"^(\d{{1,2}})\s*([-/.年])\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{TIME}$", re.I)
DAY_MONTH_NAME = re.compile(
    rf"^(?:[a-z]{{3,9}},?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*([a-z]{{3,9}})\.?,?[\s\-/.]*(\d{{4}}|\d{{2}}){TIME}$",
    re.I,
)
MONTH_NAME_DAY = re.compile(
    rf"^(?:[a-z]{{3,9}},\s+)?([a-z]{{3,9}})\.?[\s\-/.]*(\d{{1,2}})(?:st|nd|rd|th)?[\s,\-/.]+(\d{{4}}|\d{{2}}){TIME}$",
    re.I,
)
SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
CHINESE_DATE = re.compile(
    r"^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,4})日?$"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
BLANK_DATES = frozenset({
    "0", "0000-00-00", "0000/00/00", "00.00.0000", "00/00/0000", "00000000", "0000-00-00 00:00:00",
    "1900-01-00", "1900/1/0", "未结清", "未付", "未收", "未付款", "未核销", "未到期", "open",
    "unpaid", "not paid", "outstanding",
})  # fmt: skip


@lru_cache(maxsize=32_768)
def parse_date(
    raw: str, *, order: str | None = None, is_1904: bool = False, accepts_short_year: bool = False
) -> date | Fault | None:
    """Return the day a cell names, None when blank.

    order: how the column writes year-last dates, "mdy" or "dmy"; None when the column does not say.
    Example: parse_date("2026年1月5日") == date(2026, 1, 5); parse_date("01/02/2013") is the fault date.ambiguous.
    """
    text = fold(raw).lstrip("'").strip()
    lower = text.lower()
    if lower in BLANK_WORDS or lower in BLANK_DATES:
        return None
    if ERROR_VALUE.fullmatch(text):
        return Fault("cell.error")
    if text.startswith("="):
        return Fault("cell.formula")
    match = YEAR_FIRST.match(text) or COMPACT.match(text)
    if match:
        groups = match.groups()
        return _day(int(groups[0]), int(groups[-2]), int(groups[-1]))
    match = YEAR_LAST.match(text)
    if match:
        return _year_last(int(match[1]), match[2], int(match[3]), int(match[4]), order)
    match = SERIAL.match(text)
    if match:
        return _serial(int(match[1]), is_1904)
    named = _named_month(text, accepts_short_year)
    if named is not None:
        return named
    match = SHORT_YEAR.match(text)
    if match:
        return _short_year(int(match[1]), match[2], int(match[3]), int(match[4]), order, accepts_short_year)
    return _chinese_numerals(text)


def _day(year: int, month: int, day: int) -> date | Fault:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return Fault("date.impossible")
    if not YEAR_MIN <= year <= YEAR_MAX:
        return Fault("date.out_of_range")
    try:
        return date(year, month, day)
    except ValueError:
        return Fault("date.impossible")


def _year_last(first: int, mark: str, second: int, year: int, order: str | None) -> date | Fault:
    month_first, day_first = _day(year, first, second), _day(year, second, first)
    if order == "mdy" or order == "dmy":
        wanted, other = (month_first, day_first) if order == "mdy" else (day_first, month_first)
        if isinstance(wanted, Fault) and not isinstance(other, Fault):
            return Fault("date.other_order", {"order": "月/日/年" if order == "mdy" else "日/月/年"})
        return wanted
    if isinstance(month_first, Fault):
        return day_first
    if isinstance(day_first, Fault) or month_first == day_first:
        return month_first
    if mark == ".":  # 05.01.2026 is day first wherever dots are written
        return day_first
    return Fault("date.ambiguous", {"first": month_first.isoformat(), "second": day_first.isoformat()})


def _serial(number: int, is_1904: bool) -> date | Fault:
    day = EPOCH_1900 + timedelta(days=number + (EPOCH_1904_DAYS if is_1904 else 0))
    return day if YEAR_MIN <= day.year <= YEAR_MAX else Fault("date.out_of_range")


def _named_month(text: str, accepts_short_year: bool) -> date | Fault | None:
    match = DAY_MONTH_NAME.match(text)
    if match:
        day_text, name, year_text = match.groups()
    else:
        match = MONTH_NAME_DAY.match(text)
        if not match:
            return None
        name, day_text, year_text = match.groups()
    month = MONTHS.get(name[:3].lower())
    if month is None:
        return Fault("date.unreadable")
    if len(year_text) == 4:
        return _day(int(year_text), month, int(day_text))
    reading = _day(_long_year(int(year_text)), month, int(day_text))
    if isinstance(reading, Fault) or accepts_short_year:
        return reading
    return Fault("date.two_digit_year", {"reading": reading.isoformat()})


def _short_year(
    first: int, mark: str, second: int, third: int, order: str | None, accepts: bool
) -> date | Fault:
    year_first = _day(_long_year(first), second, third)
    reading = year_first
    if mark != "年" and order != "ymd":
        year_last = _year_last(first, mark, second, _long_year(third), order)
        if order is None and isinstance(year_first, date) and year_last != year_first:
            other = (
                year_last.isoformat()
                if isinstance(year_last, date)
                else str(year_last.words.get("first", ""))
            )
            if other:
                return Fault("date.ambiguous", {"first": year_first.isoformat(), "second": other})
        reading = year_last if order is not None or isinstance(year_first, Fault) else year_first
    if isinstance(reading, Fault):
        return reading
    return reading if accepts else Fault("date.two_digit_year", {"reading": reading.isoformat()})


def _long_year(short: int) -> int:
    return 1900 + short if short >= 70 else 2000 + short


def _chinese_numerals(text: str) -> date | Fault:
    match = CHINESE_DATE.match(text)
    if not match:
        return Fault("date.unreadable")
    year = int(match[1].translate(CHINESE_DIGITS))
    return _day(year, _chinese_number(match[2]), _chinese_number(match[3]))


def _chinese_number(text: str) -> int:
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return int(text.translate(CHINESE_DIGITS)) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    tens_digit = int(tens.translate(CHINESE_DIGITS)) if len(tens) == 1 else (0 if tens else 1)
    return tens_digit * 10 + (int(ones.translate(CHINESE_DIGITS)) if len(ones) == 1 else 0)
