"""What the scanner of `trust.wording` says of a script, for the editor and for the door to review.

A script is scanned as somebody would hear it: with its examples filled in.
"""

from dataclasses import dataclass

from jieqing.recovery.scripts.engine.variables import example
from jieqing.trust.wording.engine.scanner import Finding
from jieqing.trust.wording.selectors import scan


@dataclass(frozen=True, slots=True)
class Scan:
    """``text`` is what was looked at; offsets of findings count its code points."""

    verdict: str
    findings: tuple[Finding, ...]
    text: str

    def words_of(self, finding: Finding) -> str:
        return self.text[finding.start : finding.end]


def scan_text(body: str) -> Scan:
    text = example(body)
    answer = scan(text)
    return Scan(answer.verdict, answer.findings, text)
