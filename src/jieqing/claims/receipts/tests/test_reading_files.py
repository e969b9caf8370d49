"""Bank files as banks write them, and as they arrive broken: read, checked, or refused with the line. No database."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from jieqing.claims.receipts.engine.checking import Checked, check
from jieqing.claims.receipts.engine.reading import read_statements
from jieqing.claims.receipts.engine.statement_types import Statement, line_key
from jieqing.claims.receipts.services.profile_files import bank_profiles
from jieqing.claims.receipts.tests.bank_files import ACCOUNT, ALIPAY, CAMT, MT940, Row, icbc
from jieqing.kernel.outcomes import Problem, is_problem

ROWS = [
    Row("2026-10-01", "100.00", "宏达机械有限公司"),
    Row("2026-10-02", "-5.00", text="手续费"),
    Row("2026-10-03", "20.00", "某"),
]


def one(data: bytes | str, **more: str) -> Statement:
    found = read_statements(data if isinstance(data, bytes) else data.encode(), "x", bank_profiles(), **more)
    assert not isinstance(found, Problem), found
    return found[0]


def sound(data: bytes | str, **more: str) -> Checked:
    found = check(one(data, **more))
    assert isinstance(found, Checked), found
    return found


def refused(data: bytes | str) -> Problem:
    found = read_statements(data if isinstance(data, bytes) else data.encode(), "x", bank_profiles())
    if isinstance(found, Problem):
        return found
    outcome = check(found[0])
    assert isinstance(outcome, Problem)
    return outcome


def amounts(checked: Checked) -> list[int]:
    return [line.amount_minor for line in checked.statement.lines]


def test_an_icbc_download_in_gb18030() -> None:
    found = sound(icbc(ROWS))
    statement = found.statement
    assert (statement.profile, statement.account_number, found.how) == ("icbc", ACCOUNT, "chain")
    assert (statement.opening_minor, statement.closing_minor) == (10_000_000, 10_011_500)
    assert amounts(found) == [10_000, -500, 2_000]


CCB = """中国建设银行 交易明细
账号：,32001881236050123456,户名：,江南精密机械有限公司
交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号,凭证种类
20261002 10:11:12,0.00,200.00,1200.00,人民币元,宏达机械,62220001,工行,20261002,转账,INV-1,12-33,电汇
20261001 09:11:12,50.00,0.00,1000.00,人民币元,某供应商,62220002,工行,20261001,转账,,12-32,电汇
"""
CMB = """# 招商银行 账务查询
# 账号: [512345678910001 人民币]
交易日,交易时间,起息日,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号
20261001,101112,20261001,转账,,300.00,1300.00,货款,C1,远景五金,6222
20261002,101113,20261002,收费,1.00,,1299.00,手续费,C2,,
"""
BOC = """中国银行 查询结果
交易类型,业务类型,付款人账号,付款人名称,收款人账号,收款人名称,交易日期,交易时间,交易货币,交易金额,交易后余额,起息日期,交易流水号,用途,交易附言
来账,转账,62220001,宏达机械,45600001234567,江南精密,20261001,10:11:12,CNY,500.00,1500.00,20261001,B1,货款,INV-7
往账,转账,45600001234567,江南精密,62220009,供应商,20261002,10:11:12,CNY,-100.00,1400.00,20261002,B2,材料款,
"""
ABC = """中国农业银行账户交易明细
账号：10312345678901234,户名：江南精密机械有限公司,币种：人民币
交易时间,收入金额,支出金额,本次余额,手续费总额,交易方式,交易行名,交易类别,对方账号省市,对方账号,对方户名,交易说明,交易摘要,交易附言
2026-10-01 10:00:00,+88.00,,1088.00,,,,,,6222,北方贸易,,转账,INV-5
2026-10-02 10:00:00,,8.00,1080.00,,,,,,,,,收费,
"""
BOCOM = """交通银行 账户明细
账号：325600001234567890
交易时间,摘要,凭证种类,凭证号码,借贷标志,发生额,余额,对方账号,对方户名
2026-10-01 10:00:00,货款,,V1,贷,66.00,1066.00,6222,北方贸易
2026-10-02 10:00:00,手续费,,V2,借,6.00,1060.00,,
"""


@pytest.mark.parametrize(
    ("text", "profile", "expected"),
    [
        (CCB, "ccb", [-5_000, 20_000]),
        (CMB, "cmb", [30_000, -100]),
        (BOC, "boc", [50_000, -10_000]),
        (ABC, "abc", [8_800, -800]),
        (BOCOM, "bocom", [6_600, -600]),
    ],
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_each_banks_profile(text: str, profile: str, expected: list[int], encoding: str) -> None:
    found = sound(text.encode(encoding))
    assert (found.statement.profile, amounts(found), found.how) == (profile, expected, "chain")


def test_the_other_side_of_a_boc_line_depends_on_its_direction() -> None:
    names = [line.counterparty_name for line in sound(BOC).statement.lines]
    assert names == ["宏达机械", "供应商"]


def test_an_alipay_bill_keeps_twins_of_one_second_apart_and_leaves_closed_trades_out() -> None:
    found = sound(ALIPAY)
    keys = {line_key("x", "CNY", line) for line in found.statement.lines}
    assert (amounts(found), len(keys), found.how) == ([25_050, 25_050, -2_000], 3, "none")
    assert [notice.code for notice in found.statement.notices] == ["bank.not_checked"]
    assert len(found.statement.left_out) == 1


def test_camt_splits_a_batch_entry_that_adds_up() -> None:
    found = sound(CAMT)
    lines = found.statement.lines
    assert (amounts(found), found.how) == ([10_000, 20_000, -500], "totals")
    assert [line.counterparty_name for line in lines] == ["宏达机械有限公司", "远景五金", ""]
    assert lines[1].purpose == "INV-003"


@pytest.mark.parametrize("version", ["02", "04", "06", "10", "13"])
def test_camt_versions_differ_in_the_namespace_only(version: str) -> None:
    assert amounts(sound(CAMT.replace("053.001.08", f"053.001.{version}"))) == [10_000, 20_000, -500]


def test_mt940() -> None:
    found = sound(MT940)
    first = found.statement.lines[0]
    assert (amounts(found), first.counterparty_name, first.booked_on) == (
        [1_000_000, -500],
        "HONGDA JIXIE CO LTD",
        date(2026, 10, 2),
    )
    assert "INV-001" in first.purpose


def test_a_workbook_that_lost_digits_says_so_and_treats_the_account_as_missing() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["交易日期", "收入", "支出", "余额", "对方户名", "对方账号", "摘要"])
    sheet.append(["2026-10-01", 100, None, 1100, "宏达", 6222020200000123000, "货款"])
    sheet.append(["2026-10-02", None, 5, 1095, "某", "6222020200000123456", "费用"])
    stream = io.BytesIO()
    book.save(stream)
    found = sound(stream.getvalue())
    assert [line.counterparty_account for line in found.statement.lines] == ["", "6222020200000123456"]
    assert [notice.code for notice in found.statement.notices] == ["bank.digits_lost"]


def test_a_missing_line_is_named_where_the_chain_breaks() -> None:
    text = icbc(ROWS).decode("gb18030").split("\r\n")
    found = refused("\r\n".join([*text[:4], *text[5:]]).encode("gb18030"))
    assert (found.code, found.details["line"]) == ("bank.chain_broken", 5)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (CAMT.replace("1295.00", "1296.00"), "bank.total_broken"),
        (CAMT[: len(CAMT) // 2], "bank.xml_broken"),
        (CAMT.replace("<Document", '<!DOCTYPE a [<!ENTITY x "y">]><Document'), "bank.xml_unsafe"),
        (CAMT.replace(">300.00<", ">NaN<"), "bank.bad_row"),
        (CAMT.replace(">300.00<", ">1e99<"), "bank.bad_row"),
        ("<a/>", "bank.xml_unknown"),
        (MT940.replace("109995,00", "109990,00"), "bank.total_broken"),
        (MT940.replace("D5,00", "D5,0,0"), "bank.mt_broken"),
        (MT940.replace(":61:261003", ":61:261399"), "bank.mt_broken"),
        (BOCOM.replace("66.00,1066", "六十六,1066"), "bank.bad_row"),
        (BOCOM.replace("2026-10-02", "2026-13-02"), "bank.bad_row"),
        ("姓名,年龄\n张三,5\n", "bank.no_header"),
        (CMB.split("20261001,")[0], "bank.no_lines"),
    ],
)
def test_a_broken_file_is_refused_in_words(data: str, code: str) -> None:
    found = refused(data)
    assert found.code == code
    assert found.zh
    assert found.todo_en


def test_a_footer_with_another_sum_refuses_the_file() -> None:
    assert sound(CMB + "\n收入合计：300.00元,支出合计：1.00元\n").how == "chain"
    assert refused(CMB + "\n收入合计：301.00元,支出合计：1.00元\n").code == "bank.sums_broken"


def test_a_zero_line_stays_a_line() -> None:
    text = BOCOM + "2026-10-03 10:00:00,查询,,V3,借,0.00,1060.00,,\n"
    assert amounts(sound(text)) == [6_600, -600, 0]


@given(st.binary(max_size=600))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    for prefix in (b"", b"<Document>", b":20:X\n:25:1\n:60F:", "交易日期,金额,余额\n".encode("gb18030")):
        found = read_statements(prefix + data, "x", bank_profiles())
        if not isinstance(found, Problem):
            for statement in found:
                check(statement)


@given(st.integers(0, 400), st.binary(max_size=8))
def test_a_spoilt_camt_is_never_half_read(at: int, noise: bytes) -> None:
    data = CAMT.encode()
    at = at * 7 % len(data)
    found = read_statements(data[:at] + noise + data[at + len(noise) :], "x", bank_profiles())
    if not isinstance(found, Problem):
        for statement in found:
            check(statement)


def test_one_odd_byte_in_a_small_gbk_file_spoils_one_name_and_not_the_file() -> None:
    data = icbc([Row("2026-10-01", "10.00", "宏达"), Row("2026-10-02", "20.00", "远景")])
    found = read_statements(data.replace("宏达".encode("gb18030"), b"\xba\xea\xff"), "x.csv", bank_profiles())
    assert not is_problem(found), found
    assert [line.amount_minor for line in found[0].lines] == [1000, 2000]
    assert found[0].lines[1].counterparty_name == "远景"
