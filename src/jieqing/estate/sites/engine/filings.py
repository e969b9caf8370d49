"""Filings 备案: which kinds there are, which one lets a tenant of a kind work, and whether one holds on a day.

A tenant works under one filing that fits its kind. The numbers at the foot of its public pages (website, public security,
algorithm, chain) open no door and are kept once, as public lines of ``estate.reception``. Both ends of a term count.

Source: law.md "Who may be a tenant"; 《律师法》18 (practice licence), 《商事调解条例》(2026-05-01).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jieqing.estate.sites.engine.tenancy import SiteKind
from jieqing.kernel.outcomes import Problem

NUMBER_LENGTH_MAX = 60


class FilingKind(StrEnum):
    PRACTICE = "practice"
    OUTSOURCING = "outsourcing"
    AMC = "amc"
    MEDIATION = "mediation"
    IN_HOUSE = "in_house"


FILING_NAMES: dict[FilingKind, tuple[str, str]] = {
    FilingKind.PRACTICE: ("司法行政机关执业登记", "Registration with the justice authority"),
    FilingKind.OUTSOURCING: ("金融机构外包合作备案", "Filing of outsourcing with the financial institution"),
    FilingKind.AMC: ("资产管理业务监管备案", "Filing with the financial regulator"),
    FilingKind.MEDIATION: ("调解组织登记备案", "Registration of the mediation organisation"),
    FilingKind.IN_HOUSE: ("企业应收管理制度备案", "Filing of the company's own receivables rules"),
}

WORKING_FILING: dict[SiteKind, FilingKind] = {
    SiteKind.LAW_FIRM: FilingKind.PRACTICE,
    SiteKind.IN_HOUSE: FilingKind.IN_HOUSE,
    SiteKind.OUTSOURCING: FilingKind.OUTSOURCING,
    SiteKind.AMC: FilingKind.AMC,
    SiteKind.MEDIATION: FilingKind.MEDIATION,
}


@dataclass(frozen=True, slots=True)
class FilingTerm:
    from_on: date
    until_on: date | None

    def holds(self, day: date) -> bool:
        """Whether the filing is in force on a day.

        Example:
            >>> FilingTerm(date(2026, 1, 1), date(2026, 12, 31)).holds(date(2026, 12, 31))
            True
        """
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def check_filing(number: str, authority: str, from_on: date, until_on: date | None) -> Problem | None:
    """Why these particulars cannot be a filing, or None."""
    if not number.strip() or len(number) > NUMBER_LENGTH_MAX:
        return Problem(
            code="site.filing_number",
            zh="没有填写备案号，或备案号过长。",
            en="The filing number is missing or too long.",
            todo_zh="请照备案文件填写，最多 60 个字符。",
            todo_en="Copy it from the filing document, at most 60 characters.",
        )
    if not authority.strip():
        return Problem(
            code="site.filing_authority",
            zh="没有填写备案机关。",
            en="The authority of the filing is missing.",
            todo_zh="请填写受理备案的机关全称。",
            todo_en="Give the authority's full name.",
        )
    if until_on is not None and until_on < from_on:
        return Problem(
            code="site.filing_term",
            zh="备案的终止日早于起始日。",
            en="The filing ends before it begins.",
            todo_zh="请核对备案文件上的有效期。",
            todo_en="Check the term on the document.",
        )
    return None
