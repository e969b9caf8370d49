"""The papers of the demonstration's site: invented, marked as such, and enough for a letterhead and a theme.

The site goes through the same services as a real tenant's; only the review and the self-test are cut short, which
production refuses. Running it again changes nothing.
"""

from datetime import date
from typing import Any

from jieqing.plumbing.cli.frame import unwrap

PROFILE = {
    "scope": "轴承制造与销售；本企业应收账款管理（示例）",
    "credit_code": "91320200MA1XXXXX03",
    "address": "江苏省无锡市滨湖区示例路 1 号",
    "phone": "0510-00000000",
    "email": "rental@demo.example",
}
SAID = {
    "slogan": "把账说清楚，把事谈妥。",
    "introduction": "本公司财务部应收账款组，只处理本公司自己的货款（示例）。",
    # Lawful, and still the operator's to look at: it names a court.
    "services": "对账；分期协商；异议核实；配合人民法院调解",
}
PRIMARY = "#0E7490"
LICENCE = b"%PDF-1.4\n% demonstration: this is no licence\n%%EOF\n"


def open_demo_site(slug: str, name: str) -> Any:
    """A live site with papers, theme and running rent."""
    from jieqing.estate.reception import services as reception
    from jieqing.estate.reception.engine.public_lines import Slot
    from jieqing.estate.sites import services
    from jieqing.estate.sites.engine.agreement import CURRENT
    from jieqing.kernel.actor import system_actor
    from jieqing.plumbing.db.scopes import site_scope

    actor = system_actor(None, "demo")
    site = unwrap(services.create_site(actor=actor, slug=slug, kind="in_house", name=name))
    with site_scope(site.id):
        services.save_profile(actor=actor, site=site, values=PROFILE)
        unwrap(services.add_licence(actor=actor, site=site, file_name="示例执照.pdf", data=LICENCE))
        filing = services.set_filing(
            actor=actor,
            site=site,
            number="示例备-2026-001",
            authority="示例备案机关",
            from_on=date(2026, 1, 1),
            until_on=None,
        )
        unwrap(filing)
        account = services.set_account(
            actor=actor, site=site, bank="示例银行无锡分行", holder=name, number="6200000000006621"
        )
        unwrap(account)
        unwrap(services.accept_agreement(actor=actor, site=site, version=CURRENT.version, lang="zh"))
        for slot, text in SAID.items():
            unwrap(reception.set_public_line(actor=system_actor(site.id, "demo"), slot=Slot(slot), text=text))
        unwrap(services.set_appearance(actor=actor, site_id=site.id, primary=PRIMARY))
    return unwrap(services.open_by_shortcut(actor=actor, site=site))


def appoint_demo_operator(username: str, display_name: str, password: str) -> None:
    """Somebody who runs the demonstration's platform, so that the operator's pages can be seen."""
    from jieqing.estate.accounts import selectors
    from jieqing.estate.accounts import services as accounts
    from jieqing.estate.sites import services
    from jieqing.kernel.actor import system_actor

    person = selectors.user_by_username(username) or unwrap(
        accounts.register_user(username=username, display_name=display_name, password=password)
    )
    services.appoint_operator(actor=system_actor(None, "demo"), user_id=person.id, reason="示例平台运营")
