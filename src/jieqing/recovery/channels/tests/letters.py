"""A case that may be written to, its mailbox and a filed script; and the answers that come back."""

from email import policy
from email.message import EmailMessage
from typing import Any

from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.channels import services
from jieqing.recovery.channels.models import Message
from jieqing.recovery.channels.selectors import steps_of
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.tests.standing import add_point, cleared, ready_case
from jieqing.recovery.outreach.tests.test_request_permit import MORNING
from jieqing.recovery.scripts.engine.words import Channel, Disclosure
from jieqing.recovery.scripts.engine.words import Purpose as ScriptPurpose
from jieqing.recovery.scripts.models import Script
from jieqing.recovery.scripts.tests.filing import filed, written

ADDRESS = "caiwu@hongda.example.com"
TELLING = "{debtor}财务负责人，您好：我们受{creditor}委托，与贵司核对截至{as_of}的往来，余额{balance}。请在{call_time}前回复核对结果。{agency}{agent}"
CAREFUL = "{debtor}，您好：{agency}有一件事想与您核实，请回复本邮件说明您是否本人。{agent}"


def ready(cast: Cast) -> dict[str, Any]:
    """The case, its point and two filed scripts: one tells of the debt, one does not."""
    owner = cast.actor("owner")
    with clock.frozen(MORNING):
        case, _mobile = ready_case(owner)
        point = add_point(owner, case.debtor_id, ADDRESS, "email", timezone="Asia/Shanghai")
        telling = _filed(cast, "own.tells", "往来核对函", TELLING, ScriptPurpose.REMINDER)
        careful = _filed(cast, "own.careful", "邮件核实身份", CAREFUL, ScriptPurpose.IDENTITY_CHECK)
    return {"case": case, "point": point, "telling": telling, "careful": careful}


def _filed(cast: Cast, code: str, title: str, body: str, purpose: ScriptPurpose) -> Script:
    names = ("agency", "debtor", "agent", "creditor", "as_of", "balance", "call_time")
    script = written(
        cast.actor("owner"),
        code=code,
        title=title,
        body=body,
        purpose=purpose,
        channels=(Channel.EMAIL,),
        variables=tuple(name for name in names if "{" + name + "}" in body),
        disclosures=(Disclosure.AGENCY,),
    )
    filed(cast, script)
    return script


def send(cast: Cast, stage: dict[str, Any], at: Any = MORNING, **more: Any) -> Any:
    wish = {
        "actor": cleared(cast),
        "case_id": stage["case"].id,
        "point_id": stage["point"].pk,
        "script_id": stage["telling"].pk,
        "purpose": Purpose.COLLECT,
        "typed": {"call_time": "周五"},
        "is_verified": True,
        "key": "k1",
    } | more
    with clock.frozen(at):
        return services.send_email(**wish)


def deliver(message: Message, at: Any = MORNING) -> Any:
    with clock.frozen(at):
        return services.deliver(message.site_id, message.pk)


def steps(message: Message) -> list[str]:
    with site_scope(message.site_id):
        return [one.step for one in steps_of(message)]


def reply_to(letter: EmailMessage, text: str, **headers: str) -> bytes:
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = ADDRESS, letter["From"], f"Re: {letter['Subject']}"
    answer["In-Reply-To"] = letter["Message-ID"]
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    quoted = "".join(f"> {line}\n" for line in letter.get_content().splitlines())
    answer.set_content(f"{text}\n\n在2026年11月24日，江南写道：\n{quoted}")
    return answer.as_bytes(policy=policy.SMTP)


def bounce_of(letter: EmailMessage, status: str = "5.1.1", action: str = "failed") -> bytes:
    return (
        "From: mailer-daemon@example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {ADDRESS}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter['Message-ID']}\r\n\r\n--b--\r\n"
    ).encode()
