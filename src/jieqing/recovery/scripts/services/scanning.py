"""What the scanner of `trust.wording` says of a script, for the editor, for the door to review, and for statistics.

A script is scanned as somebody would hear it: with its examples filled in. What somebody did on purpose (kept, sent to review,
about to say) is counted with its act's own evidence; of the text only a keyed digest and masked places stay.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing import keys
from jieqing.plumbing.logs.masking import mask_text
from jieqing.recovery.scripts.engine.scans import Occasion, excerpt
from jieqing.recovery.scripts.engine.variables import example
from jieqing.recovery.scripts.models import ScriptScan, ScriptScanFinding, ScriptVersion
from jieqing.trust.wording.engine.lexicon import VERDICTS
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
    return scan_as_said(example(body))


def scan_as_said(text: str) -> Scan:
    """A text with its values filled in, as somebody is about to hear it."""
    answer = scan(text)
    return Scan(answer.verdict, answer.findings, text)


DIGEST_KEY = "scripts.scan"


def keep_scan(
    *,
    actor: Actor,
    version: ScriptVersion,
    scan: Scan,
    occasion: Occasion,
    entry_id: UUID,
    values: Mapping[str, str] | None = None,
) -> ScriptScan:
    """Count a scan in the transaction of the act whose evidence is ``entry_id``; ``values`` is whose data may not stay."""
    kept = ScriptScan.objects.create(
        id=new_id(), site_id=actor.own_site, occasion=occasion.value, verdict=scan.verdict, script_id=version.script_id,
        version=version, digest=hmac.new(keys.seed(DIGEST_KEY), scan.text.encode(), sha256).digest(), at=clock.now(),
        by=actor.id, entry_id=entry_id,
    )  # fmt: skip
    ScriptScanFinding.objects.bulk_create(
        ScriptScanFinding(
            id=new_id(),
            site_id=kept.site_id,
            scan=kept,
            category=one.category,
            rule=one.rule,
            verdict=VERDICTS[one.gravity],
            excerpt=excerpt(scan.text, one.start, one.end, mask_text, values),
        )
        for one in scan.findings
    )
    return kept
