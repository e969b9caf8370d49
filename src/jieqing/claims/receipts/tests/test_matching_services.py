"""From a bank file to the ledger and back: entered once, matched once, posted whole, undone as a revision."""

import pytest
from tests.cast import Cast

from jieqing.claims.receipts import services
from jieqing.claims.receipts.models import BankLine, BankStatement, Match
from jieqing.claims.receipts.selectors import LineFilter, lines_page, suggestion_key, suggestions_for, totals
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receipts.tests.bank_files import Row, icbc
from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.models import Item, Posting
from jieqing.claims.receivables.selectors.integrity import ledger_findings
from jieqing.claims.receivables.services.receipts import open_amounts
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope

LEDGER = """客户名称,单据号,开票日期,到期日,金额,币种
宏达机械有限公司,INV-001,2026-05-01,2026-06-01,10000.00,CNY
宏达机械有限公司,INV-002,2026-05-03,2026-06-13,250.50,CNY
远景五金有限公司,INV-003,2026-05-04,2026-06-04,99.50,CNY
远景五金有限公司,INV-004,2026-05-05,2026-06-05,300.00,CNY
北方贸易有限公司,INV-005,2026-05-06,2026-06-06,77.00,CNY
"""
ROWS = [
    Row("2026-10-01", "10000.00", "宏达机械有限公司", "货款 INV-001"),
    Row("2026-10-01", "-5.00", "", "手续费", time="09:00:01"),
    Row("2026-10-02", "399.50", "远景五金公司", "货款"),
    Row("2026-10-03", "300.00", "宏达机械有限公司", "货款"),
    Row("2026-10-04", "12.34", "陌生人", "不知道"),
]


@pytest.fixture
def actor(cast: Cast) -> Actor:
    found = ledger.import_file(actor=cast.actor("owner"), name="应收.csv", source=LEDGER.encode())
    assert not is_problem(found), found
    return cast.actor("owner")


def entered(actor: Actor, rows: list[Row] = ROWS) -> dict[str, BankLine]:
    result = services.enter_file(actor=actor, name="流水.csv", source=icbc(rows))
    assert result.problem is None, result.problem
    with site_scope(actor.site_id):
        lines = BankLine.objects.select_related("account", "statement").order_by("booked_on", "id")
        return {f"{line.amount_minor / 100:.2f}": line for line in lines}


def opened(actor: Actor) -> dict[str, int]:
    with site_scope(actor.site_id):
        items = {item.id: item.document_number for item in Item.objects.filter(withdrawn_rev=None, kind=1)}
        return {items[item_id]: minor for item_id, minor in open_amounts(list(items)).items()}


def best_key(actor: Actor, line: BankLine) -> str:
    with site_scope(actor.site_id):
        return suggestion_key(suggestions_for([line])[line.id][0])


def sound(actor: Actor) -> bool:
    with site_scope(actor.site_id):
        return ledger_findings() == []


def test_the_same_file_adds_nothing_and_an_overlapping_one_only_what_is_new(actor: Actor) -> None:
    entered(actor)
    again = services.enter_file(actor=actor, name="again.csv", source=icbc(ROWS))
    more = services.enter_file(
        actor=actor, name="more.csv", source=icbc([*ROWS, Row("2026-10-09", "1.00", "某", "x")])
    )
    assert (again.as_dict()["lines"], again.as_dict()["new"]) == (5, 0)
    assert (more.as_dict()["lines"], more.as_dict()["new"]) == (6, 1)


def test_a_broken_chain_is_refused_by_its_line_and_kept(actor: Actor) -> None:
    result = services.enter_file(actor=actor, name="流水.csv", source=icbc(ROWS, break_at=2))
    assert result.problem is not None
    assert result.problem.code == "bank.chain_broken"
    assert result.problem.details["line"] == 6
    with site_scope(actor.site_id):
        assert BankLine.objects.count() == 0
        kept = BankStatement.objects.get()
    assert (kept.state, kept.lines_read) == ("refused", 5)


def test_approving_posts_in_one_revision_and_undoing_brings_everything_back(actor: Actor) -> None:
    lines = entered(actor)
    before = opened(actor)
    for amount in ("10000.00", "399.50"):
        made = services.approve(actor=actor, line=lines[amount], suggestion=best_key(actor, lines[amount]))
        assert isinstance(made, Match), made
    after = opened(actor)
    assert (after["INV-001"], after["INV-003"], after["INV-004"]) == (0, 0, 0)
    assert after["INV-002"] == before["INV-002"]
    assert sound(actor)
    with site_scope(actor.site_id):
        for match in Match.objects.all():
            assert not is_problem(services.unmatch(actor=actor, match=match, reason="测试"))
    assert opened(actor) == before
    assert sound(actor)


def test_a_rest_becomes_an_unapplied_payment_and_no_fen_is_lost(actor: Actor) -> None:
    lines = entered(actor)
    line = lines["300.00"]
    made = services.approve(actor=actor, line=line, choice=_choice(actor, "INV-002", 25_050))
    assert isinstance(made, Match), made
    assert made.rest_minor == 30_000 - 25_050
    with site_scope(actor.site_id):
        rest = Item.objects.get(kind=3)
        posted = sum(row.amount_minor for row in Posting.objects.filter(recorded_rev=made.revision))
    assert (rest.amount_minor, posted) == (-4_950, -30_000)
    assert sound(actor)
    assert not is_problem(services.unmatch(actor=actor, match=made, reason="错了"))
    assert sound(actor)


def _choice(actor: Actor, number: str, minor: int) -> Choice:
    with site_scope(actor.site_id):
        item = Item.objects.get(document_number=number, withdrawn_rev=None)
    return Choice(parts=((item.id, minor),), debtor_id=item.debtor_id)


def test_a_line_is_decided_once(actor: Actor) -> None:
    lines = entered(actor)
    line = lines["10000.00"]
    key = best_key(actor, line)
    assert isinstance(services.approve(actor=actor, line=line, suggestion=key), Match)
    again = services.approve(actor=actor, line=line, suggestion=key)
    marked = services.mark(actor=actor, line=line, kind="fee")
    assert isinstance(again, Problem) and again.code == "bank.already_matched"
    assert isinstance(marked, Problem)


def test_more_than_is_open_is_refused_whole(actor: Actor) -> None:
    line = entered(actor)["300.00"]
    refused = services.approve(actor=actor, line=line, choice=_choice(actor, "INV-005", 30_000))
    assert isinstance(refused, Problem) and refused.code == "receipt.open_changed"
    assert opened(actor)["INV-005"] == 7_700


def test_certain_lines_are_approved_together_and_others_wait(actor: Actor) -> None:
    lines = entered(actor)
    with site_scope(actor.site_id):
        done = services.approve_certain(actor=actor, lines=list(lines.values()))
    assert [match.line_id for match in done.matched] == [lines["10000.00"].id]
    assert done.left == []
    with site_scope(actor.site_id):
        waiting = lines_page(LineFilter())
        assert waiting.total == 4
        [summed] = totals(LineFilter())
    assert (summed.in_minor, summed.out_minor, summed.matched, summed.unmatched) == (1_071_184, 500, 1, 4)


def test_marks_post_nothing_and_rejections_are_remembered(actor: Actor) -> None:
    lines = entered(actor)
    fee = services.mark(actor=actor, line=lines["-5.00"], kind="fee")
    assert isinstance(fee, Match) and fee.revision is None
    line = lines["10000.00"]
    key = best_key(actor, line)
    assert not is_problem(services.reject(actor=actor, line=line, suggestion=key, reason="不是这张"))
    with site_scope(actor.site_id):
        assert key not in {suggestion_key(one) for one in suggestions_for([line])[line.id]}
    refused = services.approve(actor=actor, line=lines["-5.00"], suggestion="x")
    assert isinstance(refused, Problem)


def test_nothing_is_matched_by_itself_until_the_rule_is_switched_on(actor: Actor) -> None:
    entered(actor)
    with site_scope(actor.site_id):
        assert Match.objects.count() == 0
    assert services.switch_rule(actor=actor, is_on=True, reason="测试") is not None
    more = [*ROWS, Row("2026-10-09", "77.00", "北方贸易有限公司", "INV-005")]
    result = services.enter_file(actor=actor, name="more.csv", source=icbc(more))
    assert result.statements[0].matched == 1
    with site_scope(actor.site_id):
        assert Match.objects.get().rule_id is not None
    assert services.switch_rule(actor=actor, is_on=False, reason="测试") is None
