"""The demonstration's script library: all of the platform's as drafts, the first steps of a contact filed, some on their way.

Running it again changes nothing: a library that holds scripts is left as it is.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from jieqing.plumbing.cli.frame import unwrap

# What a first contact needs is filed; voicemail waits for the reviewer; one came back with a reason.
FILED = ("first.identity-", "first.disclosure-", "plan.offer-", "hardship.first", "wrong.", "family.")
WAITING = ("vm.", "ai.opening")
RETURNED = "late.reminder-call-firm"
REVISED = "first.identity-call-daytime"


# Drafted in a hurry and stopped by the scanner when it was sent to review.
STOPPED = "late.reminder-call-firm"
BAD = "{debtor}，{agency}再说一遍：今天不还钱，明天就带人上门找你家里人。"


def seed_scripts(author: Any, reviewer: Any) -> None:
    from jieqing.kernel import clock
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.recovery.scripts import access, selectors, services
    from jieqing.recovery.scripts.services.steps import template_of
    from jieqing.web.commands.demo_contacts import BEGAN

    with site_scope(author.own_site):
        if selectors.scripts_page(selectors.ScriptFilter(), limit=1).rows:
            return
        now = clock.now()
        with clock.frozen(BEGAN - timedelta(days=2)):
            services.load_shipped(actor=author)
        rows = selectors.scripts_page(selectors.ScriptFilter(), limit=500).rows
        for place, row in enumerate(rows):
            is_filed = row.code.startswith(FILED)
            if not (is_filed or row.code.startswith(WAITING) or row.code == RETURNED):
                continue
            version = selectors.script_page(row).newest.version
            # Filed before the year's first contact; what waits came in over the last days, the first of it late.
            at = BEGAN - timedelta(days=1) if is_filed else now - timedelta(days=9 - place % 8)
            with clock.frozen(at):
                unwrap(services.submit_version(actor=author, version=version))
                if is_filed:
                    unwrap(
                        services.file_version(actor=reviewer, version=version, reference="锡司备〔2026〕17号")
                    )
            if row.code == RETURNED:
                why = "“利息按合同在算”说得含糊，请写明每天多少。"
                unwrap(services.return_version(actor=reviewer, version=version, reason=why))
        # A key of the spring, replaced in the autumn: older filings stay proven by the first.
        with clock.frozen(now - timedelta(days=60)):
            unwrap(services.rotate_key(actor=reviewer))
        [row] = [one for one in rows if one.code == REVISED]
        template = template_of(selectors.script_page(row).newest.version)
        better = replace(
            template,
            body=template.body.replace(
                "核对一下可以吗：请您报出生月份。", "核对：您说出生月份就行，不方便可以拒绝。"
            ),
        )
        script = unwrap(access.script_by_id(author, row.id))
        version = unwrap(
            services.revise_script(actor=author, script=script, template=better, note="说明可以拒绝")
        )
        unwrap(services.submit_version(actor=author, version=version))
        firm = template_of(selectors.script_page(one_of(rows, STOPPED)).newest.version)
        draft = replace(
            firm, code="own.firm", title="语气强硬的提醒", body=BAD, variables=("debtor", "agency")
        )
        made = unwrap(services.create_script(actor=author, template=draft, note="试写"))
        services.submit_version(actor=author, version=selectors.newest_version(made))


def one_of(rows: Any, code: str) -> Any:
    return next(row for row in rows if row.code == code)
