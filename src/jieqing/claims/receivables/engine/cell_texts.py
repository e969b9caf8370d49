"""One cell as text, identifier, currency or number of days: the definitions that every faster path must equal.

All forms are first folded (NFKC), so full-width digits and letters, ideographic spaces and half-width kana read the
same; invisible characters go. Text that a spreadsheet would run as a formula is kept with an apostrophe in front and
flagged, because exports of the ledger are opened in spreadsheets again. Identifiers that Excel rounded to 15 digits
are faults: two invoices that share their first 15 digits must not become one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.kernel.currencies import EXPONENTS

IDENTIFIER_CHARS_MAX = 120
TEXT_CHARS_MAX = 2_000
BLANK_WORDS = frozenset({
    "", "-", "--", "---", "—", "——", "/", "\\", "n/a", "na", "null", "none", "nan", "nat", "(null)", "(blank)", "无", "空", "暂无", ".",
})  # fmt: skip
ERROR_VALUE = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!)")
INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SPACES = re.compile(r"\s+")
QUOTED_FORMULA = re.compile(r'^="([^"]*)"$')
SIGNED_NUMBER = re.compile(r"^[+-][\d\s.,()/-]*\d[\d\s.,()/-]*%?$")
SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[eE]\+?\d{1,3}$")
POINT_ZERO = re.compile(r"^(\d+)\.0+$")

CURRENCY_WORDS: dict[str, str] = {
    "人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "cnh": "CNY", "元": "CNY", "¥": "CNY",
    "本币": "CNY", "本位币": "CNY", "圆": "CNY", "美元": "USD", "美金": "USD", "us$": "USD", "$": "USD",
    "usdollar": "USD", "dollar": "USD", "欧元": "EUR", "€": "EUR", "euro": "EUR", "港币": "HKD",
    "港元": "HKD", "hk$": "HKD", "日元": "JPY", "日圆": "JPY", "日币": "JPY", "yen": "JPY", "英镑": "GBP",
    "£": "GBP", "澳元": "AUD", "澳大利亚元": "AUD", "a$": "AUD", "加元": "CAD", "加拿大元": "CAD",
    "c$": "CAD", "新加坡元": "SGD", "新币": "SGD", "坡币": "SGD", "s$": "SGD", "台币": "TWD",
    "新台币": "TWD", "nt$": "TWD", "韩元": "KRW", "韩币": "KRW", "₩": "KRW", "澳门元": "MOP",
    "澳门币": "MOP", "葡币": "MOP", "瑞士法郎": "CHF", "瑞郎": "CHF", "卢布": "RUB", "俄罗斯卢布": "RUB",
    "泰铢": "THB", "卢比": "INR", "印度卢比": "INR", "越南盾": "VND", "林吉特": "MYR",
    "马来西亚林吉特": "MYR", "新西兰元": "NZD", "瑞典克朗": "SEK", "丹麦克朗": "DKK", "挪威克朗": "NOK",
    "印尼盾": "IDR", "菲律宾比索": "PHP", "兰特": "ZAR", "迪拉姆": "AED",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A readable text and what was noticed: formula_neutralised, unreadable, truncated, id_mangled."""

    value: str
    flags: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return text with width, compatibility forms and invisible characters folded, spaces collapsed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    folded = unicodedata.normalize("NFKC", text)
    folded = CONTROL.sub(
        "", INVISIBLE.sub("", folded.replace("\t", " ").replace("\n", " ").replace("\r", " "))
    )
    return SPACES.sub(" ", folded).strip()


def is_blank(text: str) -> bool:
    """Say whether a cell says nothing: empty, a dash, N/A, 无."""
    return fold(text).lower() in BLANK_WORDS


def parse_text(raw: str, *, chars_max: int = TEXT_CHARS_MAX) -> Text | Fault | None:
    """Return a name or a note as written, or None when blank. Width is kept: 「（」 stays 「（」."""
    if "␀" in raw:
        return Fault("text.nul")
    if "�" in raw:
        return Fault("text.unreadable")
    text = raw.strip()
    quoted = QUOTED_FORMULA.match(text)
    if quoted:
        raw = text = quoted.group(1)
    text = SPACES.sub(
        " ", CONTROL.sub("", INVISIBLE.sub("", raw.replace("\t", " ").replace("\r", " ").replace("\n", " ")))
    ).strip()
    if fold(text).lower() in BLANK_WORDS:
        return None
    if len(text) > chars_max:
        return Fault("text.too_long", {"limit": chars_max})
    if ERROR_VALUE.fullmatch(text):
        return Fault("cell.error")
    return _neutralised(text, raw)


def parse_extra(raw: str, *, chars_max: int = TEXT_CHARS_MAX) -> Text | Fault | None:
    """Return a cell that no rule reads, kept as written: blank words stay, unreadable places stay and are flagged."""
    text = SPACES.sub(" ", CONTROL.sub("", INVISIBLE.sub("", SPACES.sub(" ", raw)))).strip()
    quoted = QUOTED_FORMULA.match(text)
    if quoted:
        raw = text = quoted.group(1)
    if not text:
        return None
    if len(text) > chars_max:
        return Fault("text.too_long", {"limit": chars_max})
    found = _neutralised(text, raw)
    return Text(found.value, (*found.flags, "unreadable")) if "�" in text or "␀" in text else found


def parse_identifier(raw: str, *, accepts_mangled: bool = False) -> Text | Fault | None:
    """Return a code or document number in one form, or None when blank.

    Example: parse_identifier("２９６０６２３４８８.0") gives "2960623488"; parse_identifier("1.23457E+17") is a fault.
    """
    if "␀" in raw:
        return Fault("text.nul")
    if "�" in raw:
        return Fault("text.unreadable")
    text = fold(raw)
    quoted = QUOTED_FORMULA.match(text)
    if quoted:
        raw = text = quoted.group(1).strip()
    if text.startswith("'") and text[1:2] not in ("=", "+", "-", "@"):
        raw = text = text[1:].strip()
    if text.lower() in BLANK_WORDS:
        return None
    if ERROR_VALUE.fullmatch(text):
        return Fault("cell.error")
    if len(text) > IDENTIFIER_CHARS_MAX:
        return Fault("id.too_long", {"limit": IDENTIFIER_CHARS_MAX})
    whole = POINT_ZERO.match(text)
    if whole:
        text = whole.group(1)
    if is_mangled(text):
        return Text(text, ("id_mangled",)) if accepts_mangled else Fault("id.mangled")
    return _neutralised(text, raw)


def is_mangled(text: str) -> bool:
    """Say whether Excel's 15 digits show: an exponent, or 17 and more digits whose tail after the 15th is all zeros."""
    if SCIENTIFIC.match(text):
        return True
    return len(text) >= 17 and text.isascii() and text.isdigit() and not text[15:].strip("0")


def _neutralised(text: str, raw: str) -> Text:
    dangerous = text[:1] in ("=", "+", "-", "@") or raw[:1] in ("\t", "\r")
    if not dangerous or SIGNED_NUMBER.match(text):
        return Text(text)
    return Text("'" + text, ("formula_neutralised",))


@lru_cache(maxsize=4_096)
def parse_currency(raw: str) -> str | Fault | None:
    """Return the ISO 4217 code of a currency cell in Chinese, English or symbols, or None when blank."""
    text = fold(raw)
    if text.lower() in BLANK_WORDS:
        return None
    code = currency_word(text)
    return code if code is not None else Fault("currency.unknown")


def currency_word(text: str) -> str | None:
    """Return the currency a word names, also with decoration as in 「人民币(CNY)」 or "CNY - Yuan"."""
    plain = fold(text)
    if plain.upper() in EXPONENTS:
        return plain.upper()
    word = CURRENCY_WORDS.get(plain.lower().replace(" ", "").replace(".", ""))
    if word is not None:
        return word
    triples: list[str] = re.findall(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])", plain)
    codes = {triple.upper() for triple in triples} & EXPONENTS.keys()
    if len(codes) == 1 and len(plain) <= 24:
        return codes.pop()
    stripped = re.sub(r"[()\[\]\d\s.:-]", "", plain).lower()
    return CURRENCY_WORDS.get(stripped)


DAYS = re.compile(r"^(?:账期|信用期|净|net|n|d)?\s*[:/]?\s*(\d{1,4})(?:\.0+)?\s*(?:天|日|days?|d)?$", re.I)


def parse_days(raw: str) -> int | Fault | None:
    """Return credit days: 30, 30天, "Net 30", N30. 月结30天 is refused: it counts from the end of a month."""
    text = fold(raw)
    if text.lower() in BLANK_WORDS:
        return None
    match = DAYS.match(text)
    if match is None or int(match.group(1)) > 3_650:
        return Fault("days.unreadable")
    return int(match.group(1))
