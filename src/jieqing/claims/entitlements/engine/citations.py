"""Citations: which article of which law stands behind a number or a date.

A citation names the law by a short key, the article by its number and, where it matters, the paragraph. The words of
the article are data (`law/articles.json`, copied from the public text); engines carry only the citation, so a result
stays small and a page can open the article beside it.

A law without published text in this installation is cited all the same and marked `is_from_memory`: a page then says
that the reference must be checked before anybody relies on it.

Refuses: a law that `LAWS` does not list (a KeyError in the author's hands, never a user's).
"""

from __future__ import annotations

from dataclasses import dataclass

LAWS: dict[str, tuple[str, str]] = {
    "civil_code": ("民法典", "Civil Code"),
    "civil_procedure": ("民事诉讼法", "Civil Procedure Law"),
    "procedure_reading": ("民事诉讼法解释", "Interpretation of the Civil Procedure Law"),
    "limitation_rules": ("诉讼时效规定", "Limitation Provisions"),
    "general_reading": ("民法典总则编解释", "Interpretation of the General Part"),
    "general_principles_reading": ("民法总则诉讼时效解释（法释〔2018〕12号）", "Fa Shi [2018] No. 12"),
    "security_reading": ("民法典担保制度解释", "Interpretation on Security"),
    "timing_rules": ("民法典时间效力规定", "Provisions on the Civil Code's Effect in Time"),
    "preservation_rules": ("财产保全规定", "Preservation Provisions"),
    "construction_reading": ("建设工程施工合同解释（一）", "Interpretation on Construction Contracts (I)"),
    "enforcement_reading": ("执行程序解释", "Interpretation on Enforcement Procedure"),
    "fee_measures": ("诉讼费用交纳办法", "Measures on Litigation Costs"),
    "lawyer_fees": (
        "关于进一步规范律师服务收费的意见（司发通〔2021〕87号）",
        "Opinions on Lawyers' Fees (2021)",
    ),
    "loan_rules": ("民间借贷规定", "Private Lending Provisions"),
    "sale_reading": ("买卖合同解释", "Interpretation on Sale Contracts"),
    "sme_2025": ("保障中小企业款项支付条例（2025）", "Regulation on Payments to SMEs (2025)"),
    "sme_2020": ("保障中小企业款项支付条例（2020）", "Regulation on Payments to SMEs (2020)"),
    "late_interest_reading": ("迟延履行利息解释（法释〔2014〕8号）", "Fa Shi [2014] No. 8"),
    "arbitration": ("仲裁法", "Arbitration Law"),
    "level_notice": ("法发〔2021〕27号", "Fa Fa [2021] No. 27"),
    "high_court_notice": ("法发〔2019〕14号", "Fa Fa [2019] No. 14"),
    "mediation_confirmation": ("司法确认程序规定", "Provisions on Judicial Confirmation"),
}
_NOT_SEEN = frozenset({"general_principles_reading", "lawyer_fees", "level_notice", "high_court_notice"})


@dataclass(frozen=True, slots=True)
class Citation:
    """One article.

    Example:
        >>> cite("fee_measures", 13, "第（一）项", "(1)").text("zh")
        '《诉讼费用交纳办法》第13条第（一）项'
    """

    law: str
    article: int
    part_zh: str = ""
    part_en: str = ""

    @property
    def key(self) -> str:
        """The key of the article's words in the data file, also the anchor on a page."""
        return f"{self.law}-{self.article}"

    @property
    def is_from_memory(self) -> bool:
        """Whether the text was not at hand when this was written: to be checked before use."""
        return self.law in _NOT_SEEN

    def text(self, lang: str = "zh") -> str:
        """Return the reference as people write it."""
        zh, en = LAWS[self.law]
        if lang.lower().startswith("zh"):
            title = zh if zh.startswith("法发") else f"《{zh}》"
            return f"{title}第{self.article}条{self.part_zh}" if self.article else f"{title}{self.part_zh}"
        return f"{en}, art. {self.article}{self.part_en}" if self.article else f"{en}{self.part_en}"

    def __str__(self) -> str:
        return self.text("zh")


def cite(law: str, article: int, part_zh: str = "", part_en: str = "") -> Citation:
    """Return a citation of a known law.

    Errors: KeyError for a law that is not listed.
    """
    if law not in LAWS:
        raise KeyError(law)
    return Citation(law, article, part_zh, part_en)
