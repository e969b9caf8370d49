"""Shapes of the API's answers and bodies about scripts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from jieqing.plumbing.bodies import Body
from jieqing.recovery.scripts.engine.words import Addressee, Channel, Disclosure, Emotion, Purpose, Stage


class ScriptVersionOut(Schema):
    """A text with what it declares; ``sha256`` is what a filing is about."""

    version: UUID
    number: int
    sha256: str
    tells_debt: bool
    body: str
    variables: list[str]
    disclosures: list[str]
    articles: list[str]
    entry: UUID


class ScriptOut(Schema):
    """``version`` only where one script is asked for; ``filed_version`` is the number of the one in use."""

    script: UUID
    code: str
    title: str
    lang: str
    stage: str
    purpose: str
    channels: list[str]
    addressee: str
    emotion: str
    origin: str
    state: str
    newest_version: int
    filed_version: int | None
    uses: int | None
    complaints: int | None
    version: ScriptVersionOut | None


class ScriptsOut(Schema):
    scripts: list[ScriptOut]
    total: int
    next: str | None


class UsableScriptOut(Schema):
    script: UUID
    version: UUID
    code: str
    title: str
    lang: str
    number: int
    body: str
    variables: list[str]
    tells_debt: bool
    sha256: str
    reference: str
    filed_at: datetime


class ScriptFilingOut(Schema):
    """A step of a version. What a reviewer decided can be checked with ``statement``, ``signature`` and ``public_key`` alone."""

    state: str
    at: datetime
    reason: str
    reference: str
    statement: dict[str, Any] | None
    signature: str | None
    public_key: str | None
    entry: UUID


class ReviewerKeyStepOut(Schema):
    """``rotated`` is signed by both keys; ``revoked`` and ``admitted`` are the platform operator's, with the reason."""

    kind: str
    at: datetime
    reason: str
    statement: dict[str, Any] | None
    signature: str | None
    new_signature: str | None
    entry: UUID


class ReviewerKeyOut(Schema):
    """``chained`` is null for a first key and after an admission, else whether the key before signed this one."""

    key: UUID
    reviewer: UUID
    public_key: str
    since: datetime
    until: datetime | None
    decisions: int
    chained: bool | None
    steps: list[ReviewerKeyStepOut]
    entry: UUID


class ScanExampleOut(Schema):
    """Variables stand by their names, numbers are masked; ``entry`` is the act's own evidence."""

    excerpt: str
    rule: str
    occasion: str
    script: UUID
    at: datetime
    entry: UUID


class ScanCategoryOut(Schema):
    category: str
    texts: int
    blocked: int
    places: int
    examples: list[ScanExampleOut]


class ScanStatisticsOut(Schema):
    scans: int
    blocked: int
    needs_approval: int
    occasions: dict[str, int]
    categories: list[ScanCategoryOut]


class ScriptTextIn(Body):
    """A text with its declarations. Variables are those that the text uses."""

    title: str = Field(min_length=1, max_length=120)
    lang: str = Field("zh", pattern="^(zh|en)$")
    stage: Stage = Stage.ANY
    purpose: Purpose
    channels: list[Channel] = Field(min_length=1, max_length=9)
    addressee: Addressee = Addressee.ANY
    emotion: Emotion = Emotion.NEUTRAL
    disclosures: list[Disclosure] = Field([], max_length=12)
    articles: list[str] = Field([], max_length=20)
    body: str = Field(min_length=1, max_length=2_000)
    note: str = Field("", max_length=300)


class ScriptIn(ScriptTextIn):
    code: str = Field(max_length=80)


class ScriptFilingIn(Body):
    reference: str = Field("", max_length=60)


class ScriptReasonIn(Body):
    reason: str = Field("", max_length=500)
