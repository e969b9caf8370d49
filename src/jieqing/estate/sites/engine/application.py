"""The steps of the rental wizard, and what an application still lacks.

Each step is one page; `lacking` names for each step what keeps it from being done, from facts alone, so that the page of
every step, the overview and the submission say the same.
"""

from dataclasses import dataclass
from enum import StrEnum

from jieqing.kernel.outcomes import Problem


class Step(StrEnum):
    PAPERS = "papers"
    FILING = "filing"
    ACCOUNT = "account"
    LOOK = "look"
    AGREEMENT = "agreement"
    SUBMIT = "submit"


STEP_NAMES: dict[Step, tuple[str, str]] = {
    Step.PAPERS: ("证照", "Licence"),
    Step.FILING: ("备案", "Filing"),
    Step.ACCOUNT: ("监管账户", "Account"),
    Step.LOOK: ("外观", "Look"),
    Step.AGREEMENT: ("协议", "Agreement"),
    Step.SUBMIT: ("提交", "Submit"),
}
ORDER = tuple(Step)


@dataclass(frozen=True, slots=True)
class Papers:
    """What has been given so far."""

    scope: bool
    credit_code: bool
    licence_number: bool
    contact: bool
    licence_file: bool
    filing: bool
    account: bool
    agreement: bool

    def lacking(self, step: Step) -> tuple[str, ...]:
        return tuple(name for name in NEEDED.get(step, ()) if not getattr(self, name))

    def is_done(self, step: Step) -> bool:
        return not self.lacking(step) if step is not Step.SUBMIT else False

    @property
    def first_open(self) -> Step:
        """Where to go on: the first step that lacks something, else the submission."""
        return next((step for step in ORDER if self.lacking(step)), Step.SUBMIT)

    def check_complete(self) -> Problem | None:
        missing = [name for step in ORDER for name in self.lacking(step)]
        if not missing:
            return None
        return Problem(
            code="site.application_incomplete",
            zh="还不能提交，缺少：" + "、".join(LACK_NAMES[name][0] for name in missing) + "。",
            en="Not complete yet; missing: " + ", ".join(LACK_NAMES[name][1] for name in missing) + ".",
            todo_zh="已填内容都已保存，补齐后再提交。",
            todo_en="What you gave is kept; add the rest and submit.",
            details={"missing": missing},
        )


NEEDED: dict[Step, tuple[str, ...]] = {
    Step.PAPERS: ("scope", "credit_code", "licence_number", "contact", "licence_file"),
    Step.FILING: ("filing",),
    Step.ACCOUNT: ("account",),
    Step.AGREEMENT: ("agreement",),
}
LACK_NAMES: dict[str, tuple[str, str]] = {
    "scope": ("经营范围", "the business scope"),
    "credit_code": ("统一社会信用代码", "the credit code"),
    "licence_number": ("执业许可证号", "the licence number"),
    "contact": ("地址、电话和邮箱", "address, telephone and mailbox"),
    "licence_file": ("证照文件", "the licence file"),
    "filing": ("备案", "the filing"),
    "account": ("资金监管账户", "the supervised account"),
    "agreement": ("服务协议", "the agreement"),
}
