"""``jieqing fsck``: does everything that must be equal still equal itself?"""

import sys

import click

from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, json_option, progress, say


@click.command()
@json_option
def fsck(as_json: bool) -> None:
    """核对每个站点的账本与存证 / check every site's ledger and the evidence log; exit 1 when something is off."""
    from jieqing.claims.receivables.selectors.integrity import ledger_findings
    from jieqing.estate.sites.selectors import all_sites
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.trust.evidence.sequencer.fsck import fsck as check_evidence

    with progress("核对存证 / evidence") as advance:
        report = check_evidence(advance=advance)
    findings = [{"where": "evidence", "finding": problem} for problem in report.problems]
    sites = all_sites()
    with progress("核对账本 / ledgers", total=len(sites)) as advance:
        for site in sites:
            with site_scope(site.id):
                findings += [{"where": f"ledger {site.slug}", "finding": text} for text in ledger_findings()]
            advance()
    if as_json:
        counts = {"entries": report.entries, "waiting": report.waiting, "bulk_rows": report.bulk_rows}
        emit_json({"ok": not findings, "sites": len(sites), **counts, "findings": findings})
    for row in findings:
        click.echo(f"{row['where']}: {row['finding']}", err=True)
    say(
        f"{len(sites)} 个站点、{report.entries} 条存证（{report.waiting} 条待排序）："
        + ("全部一致。" if not findings else f"{len(findings)} 处不一致。"),
        f"{len(sites)} sites, {report.entries} evidence entries ({report.waiting} waiting): "
        + ("all equal." if not findings else f"{len(findings)} findings."),
    )
    sys.exit(EXIT_NO if findings else 0)
