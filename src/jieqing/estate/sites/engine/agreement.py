"""The service agreement: versioned text in Chinese and English, accepted by its digest.

A text that was once accepted is never edited: a change is a new version with a new key, and the old one stays here, so
that any accepted digest can be opened again. The Chinese text prevails.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class AgreementText:
    version: str
    articles: tuple[tuple[str, str], ...]

    def text(self, lang: str) -> str:
        """The whole text, one article a paragraph, numbered."""
        index = 0 if lang == "zh" else 1
        return "\n\n".join(f"{number}. {article[index]}" for number, article in enumerate(self.articles, 1))

    def paragraphs(self, lang: str) -> list[str]:
        return [article[0 if lang == "zh" else 1] for article in self.articles]

    def digest(self, lang: str) -> bytes:
        return sha256(self.text(lang).encode()).digest()


_V1 = AgreementText(
    "2026-11",
    (
        (
            "租用方是依法设立、有权从事本站点所列业务的机构；所填证照、备案和账户信息真实有效，变更后五个工作日内更新。",
            "The tenant is lawfully established and entitled to the work of this site; its licence, filing and account are "
            "true and are updated within five working days of a change.",
        ),
        (
            "只做合法回收。禁止暴力、威胁、骚扰、冒充公职、泄露债务和向无关第三人催收；平台的触达许可拒绝的联系，任何人不得绕开。",
            "Lawful recovery only. Violence, threats, harassment, posing as an authority, disclosing debts and contacting "
            "unrelated persons are forbidden; what the platform's contact permit refuses, nobody goes around.",
        ),
        (
            "平台不收取、不代管委托人的资金。债务人只向资金监管账户付款；平台仅记录和核对银行流水。",
            "The platform neither takes nor holds clients' money. Debtors pay into the supervised account only; the platform "
            "records and reconciles bank lines.",
        ),
        (
            "租用方是其个人信息处理活动的处理者，平台受托处理：按约定目的、期限和方式处理，不作他用，期满返还或删除（《个人信息保护法》第二十一条）。",
            "The tenant is the processor of the personal information; the platform processes it as entrusted, for the agreed "
            "purpose, term and method, for nothing else, and returns or deletes it at the end (PIPL, article 21).",
        ),
        (
            "站点内的每一步操作都留下存证，任何一方可以离线核验；存证不含个人信息明文。",
            "Every step on the site leaves evidence that either party can check offline; it holds no personal information in clear.",
        ),
        (
            "租用按自然月计费，首末月按日折算。账单开出后 15 日内付款；再过 15 日仍未到账的，站点转为只读，到账后恢复。",
            "Rent is by calendar month, the first and last by days. An invoice is due in 15 days; if it is not received after "
            "another 15, the site turns read-only and opens again on receipt.",
        ),
        (
            "备案到期、证照失效或出现违法行为的，平台暂停站点并说明理由；租用方可以申诉，暂停期间数据可读、可导出。",
            "When a filing or licence ends or the law is broken, the platform suspends the site and says why; the tenant may "
            "object, and may read and export its data meanwhile.",
        ),
        (
            "租用方可以随时退租并导出全部数据（含存证）；关闭后 90 日内负责人仍可下载，此后依法保存或删除。",
            "The tenant may leave at any time with a full export including evidence; its owner can download it for 90 days "
            "after closing, then data is kept or deleted as the law says.",
        ),
    ),
)
VERSIONS: dict[str, AgreementText] = {_V1.version: _V1}
CURRENT = _V1
