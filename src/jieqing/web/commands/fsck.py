"""``jieqing fsck``: does everything that must be equal still equal itself?"""

import sys

import click

from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, json_option, say


@click.command()
@json_option
def fsck(as_json: bool) -> None:
    """核对每个站点的账本与存证 / check every site's ledger and the evidence log; exit 1 when something is off."""
    from jieqing.claims.receivables.services.fsck import check_ledger
    from jieqing.estate.sites.selectors import all_sites
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.evidence.sequencer import fsck as check_evidence

    findings = [{"where": "evidence", "finding": text} for text in check_evidence().problems]
    sites = all_sites()
    for site in sites:
        with site_scope(site.id):
            findings += [{"where": f"ledger {site.slug}", "finding": text} for text in check_ledger()]
    if as_json:
        emit_json({"ok": not findings, "sites": len(sites), "findings": findings})
    else:
        for row in findings:
            click.echo(f"{row['where']}: {row['finding']}", err=True)
        say(
            f"核对 {len(sites)} 个站点：{'一致' if not findings else f'{len(findings)} 处不一致'}。",
            f"{len(sites)} sites checked: {'all equal' if not findings else f'{len(findings)} findings'}.",
        )
    sys.exit(EXIT_NO if findings else 0)
