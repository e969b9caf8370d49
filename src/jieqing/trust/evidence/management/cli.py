"""``jieqing evidence``: show an entry, export its proof, print the policy that verifies it."""

from pathlib import Path
from uuid import UUID

import click
from django.db import connections

from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, say, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import problems, selectors
from jieqing.trust.evidence.engine.bundle import COLLECTED_MAX, collection_of, write_archive

_OF_CASE = """
SELECT id, site_id FROM evidence_entry WHERE id::text = %(case)s OR chain_id::text = %(case)s OR subject = %(case)s
ORDER BY id
"""


@click.group()
def evidence() -> None:
    """存证：查看、导出、核验策略 / evidence: show, export, policy."""


@evidence.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件 / write to a file.")
def policy(out: Path | None) -> None:
    """输出核验策略 / print the trust policy for jieqing-verify; hand it over apart from any bundle."""
    text = unwrap(selectors.policy_text())
    if out:
        out.write_text(text, "utf-8")
    else:
        click.echo(text, nl=False)


@evidence.command()
@click.argument("entry", type=click.UUID)
def show(entry: UUID) -> None:
    """显示一条存证 / show one entry and how far it has come, as JSON."""
    site_id = _entries_of(str(entry))[0][1]
    with _scope(site_id):
        view = unwrap(selectors.entry_by_id(entry))
    emit_json({"state": view.state.value, "index": view.index, "sha256": view.digest, "entry": view.content})


@evidence.command()
@click.argument("case")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="*.evidence.zip")
@json_option
def export(case: str, out: Path, as_json: bool) -> None:
    """导出存证包 / export the proof of CASE (an entry, a chain or a subject) as FILE.

    一条存证为一个存证包；多条存证（例如一个案件的全部步骤）为一个合集，内含每条的存证包。
    核验 / check it with: jieqing-verify FILE --policy POLICY
    """
    found = _entries_of(case)
    sites = {site_id for _entry_id, site_id in found}
    if len(sites) > 1 or len(found) > COLLECTED_MAX:
        fail(_several(case, found))
    with _scope(found[0][1]):
        bundles = [unwrap(selectors.proof_bundle(entry_id)) for entry_id, _site_id in found]
        trusted = unwrap(selectors.policy_text())
    data = bundles[0] if len(bundles) == 1 else write_archive(collection_of(bundles))
    out.write_bytes(data)
    if as_json:
        emit_json({"file": str(out), "entries": len(found), "levels": _levels(data, trusted)})
    say(f"已导出 {out}：{len(found)} 条存证。", f"Exported {out}: {len(found)} entries.")


def _entries_of(case: str) -> list[tuple[UUID, UUID | None]]:
    """Entries by id, chain or subject, of whatever site; this machine's operator reads as the sequencer."""
    with connections["sequencer"].cursor() as cursor:
        cursor.execute(_OF_CASE, {"case": case})
        found: list[tuple[UUID, UUID | None]] = cursor.fetchall()
    if not found:
        fail(problems.no_entry(case))
    return found


def _scope(site_id: UUID | None):  # type: ignore[no-untyped-def]
    if site_id is None:
        fail(_of_platform())
    return site_scope(site_id)


def _levels(bundle: bytes, policy_text: str) -> dict[str, str]:
    """What the verifier itself says of the bundle that was just written."""
    from jieqing_verify import read_policy, verify_bundle

    verdict = verify_bundle(bundle, read_policy(policy_text.encode()))
    return {name: level.state for name, level in verdict.levels.items()}


def _several(case: str, found: list[tuple[UUID, UUID | None]]) -> Problem:
    ids = [str(entry_id) for entry_id, _ in found]
    return Problem(
        code="evidence.several_entries",
        zh=f"“{case}”有 {len(ids)} 条存证，属于多个站点或超过一个合集的上限。",
        en=f"“{case}” has {len(ids)} entries, of several sites or more than one collection holds.",
        todo_zh="请按条目编号逐条导出：" + "、".join(ids[:10]),
        todo_en="Export them one by one by id: " + ", ".join(ids[:10]),
        details={"entries": ids},
    )


def _of_platform() -> Problem:
    return Problem(
        code="evidence.platform_entry",
        zh="该条目属于平台自身，不能从站点导出。",
        en="This entry is the platform's own; it is not exported for a site.",
        todo_zh="请导出站点内的条目。",
        todo_en="Export an entry of a site.",
    )
