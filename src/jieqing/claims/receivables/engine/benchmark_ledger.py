"""A ledger of any size for measurements: twelve columns, seeded, written in pieces as fast as a disk takes them.

Every row is valid, so that a reader's count can be checked; not every row is plain, so that a reader cannot win by
recognising one form: one amount in fifty carries thousands separators in quotes, one date in twenty is written with
slashes, one row in thirty is a credit note, four in ten are paid in part or in full. Numbers come from integer arithmetic on the row number,
the same on every machine; nothing is drawn at random.

Shapes: rows × (客户编码 客户名称 单据号 单据类型 单据日期 到期日 币种 原币金额 已收金额 收款日期 业务员 摘要).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

COLUMNS = (
    "客户编码", "客户名称", "单据号", "单据类型", "单据日期", "到期日",
    "币种", "原币金额", "已收金额", "收款日期", "业务员", "摘要",
)  # fmt: skip
PIECE_ROWS = 100_000
DEBTORS_PER_ROWS = 50
FIRST_DAY = 19_723  # 2024-01-01, days since 1970
DAYS = 900
CREDIT_TERMS = (30, 45, 60, 90)
PLACES = ("无锡", "苏州", "常州", "南通", "上海", "宁波", "杭州", "合肥", "青岛", "武汉")
TRADES = ("机械", "电机", "汽配", "重工", "泵业", "纺机", "风电", "传动", "机床", "轧钢")
SELLERS = ("周敏", "陈立", "吴倩", "钱伟", "孙洁")
GOODS = ("深沟球轴承", "圆锥滚子轴承", "调心滚子轴承", "角接触球轴承", "推力轴承", "轴承座")


def benchmark_chunks(rows: int, seed: int) -> Iterator[bytes]:
    """Yield a CSV file of `rows` data rows in UTF-8, header first."""
    yield (",".join(COLUMNS) + "\n").encode()
    for first in range(0, rows, PIECE_ROWS):
        frame = _piece(first, min(PIECE_ROWS, rows - first), rows, seed)
        yield frame.write_csv(include_header=False).encode()


def _mixed(seed: int, salt: int) -> pl.Expr:
    """Return a well-spread UInt64 per row number (two rounds of multiply and fold; products wrap)."""
    value = pl.col("i") + pl.lit((seed * 1_000_003 + salt * 7_919) % 2**63, dtype=pl.UInt64)
    for factor in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9):
        value = value * pl.lit(factor, dtype=pl.UInt64)
        value = value.xor(value // pl.lit(2**29, dtype=pl.UInt64))
    return value


def _pick(texts: tuple[str, ...], number: pl.Expr) -> pl.Expr:
    return (number % len(texts)).replace_strict(dict(enumerate(texts)), return_dtype=pl.String)


def _piece(first: int, count: int, rows: int, seed: int) -> pl.DataFrame:
    debtors = max(1, rows // DEBTORS_PER_ROWS)
    frame = pl.DataFrame({"i": pl.int_range(first, first + count, dtype=pl.UInt64, eager=True)})
    frame = frame.with_columns(
        (_mixed(seed, 1) % debtors).alias("debtor"),
        (_mixed(seed, 2) % DAYS + FIRST_DAY).cast(pl.Int32).alias("day"),
        (_mixed(seed, 3) % 20_000_000 + 100).cast(pl.Int64).alias("minor"),
        (_mixed(seed, 4) % 30 == 0).alias("is_credit"),
        (_mixed(seed, 5) % 10).alias("paid_tenth"),
        (_mixed(seed, 6) % 120).cast(pl.Int32).alias("paid_after"),
        _pick(tuple(map(str, CREDIT_TERMS)), _mixed(seed, 7)).cast(pl.Int32).alias("terms"),
        (_mixed(seed, 8) % 50 == 0).alias("is_grouped"),
        (_mixed(seed, 9) % 20 == 0).alias("is_slashed"),
        _pick(SELLERS, _mixed(seed, 10)).alias("seller"),
        _pick(GOODS, _mixed(seed, 11)).alias("goods"),
    )
    # Of ten invoices six are open, two paid in full, two by half; a credit note is never paid here.
    is_open = pl.col("is_credit") | (pl.col("paid_tenth") < 6)
    settled = pl.when(pl.col("paid_tenth") < 8).then(pl.col("minor")).otherwise(pl.col("minor") // 2)
    frame = frame.with_columns(
        pl.when(is_open).then(pl.lit(0, pl.Int64)).otherwise(settled).alias("paid"),
        pl.when("is_credit").then(-pl.col("minor")).otherwise(pl.col("minor")).alias("minor"),
    )
    day = pl.col("day").cast(pl.Date)
    written_day = (
        pl.when("is_slashed").then(day.dt.strftime("%Y/%-m/%-d")).otherwise(day.dt.strftime("%Y-%m-%d"))
    )
    number = pl.col("i").cast(pl.String).str.zfill(9)
    written = (
        pl.concat_str(pl.lit("C"), pl.col("debtor").cast(pl.String).str.zfill(6)),
        _debtor_name(),
        pl.concat_str(pl.when("is_credit").then(pl.lit("HZ")).otherwise(pl.lit("FP")), number),
        pl.when("is_credit").then(pl.lit("红字发票")).otherwise(pl.lit("销售发票")),
        written_day,
        _iso(pl.col("day") + pl.col("terms")),
        pl.lit("人民币"),
        pl.when("is_grouped").then(_grouped("minor")).otherwise(_amount("minor")),
        _amount("paid"),
        pl.when(pl.col("paid") > 0).then(_iso(pl.col("day") + pl.col("paid_after"))),
        pl.col("seller"),
        pl.concat_str(pl.col("goods"), pl.lit("货款")),
    )
    return frame.select(column.alias(name) for name, column in zip(COLUMNS, written, strict=True))


def _debtor_name() -> pl.Expr:
    place, trade = _pick(PLACES, pl.col("debtor")), _pick(TRADES, pl.col("debtor") // 10)
    return pl.concat_str(place, trade, pl.col("debtor").cast(pl.String), pl.lit("有限公司"))


def _iso(days: pl.Expr) -> pl.Expr:
    return days.cast(pl.Date).dt.strftime("%Y-%m-%d")


def _amount(name: str) -> pl.Expr:
    minor = pl.col(name)
    sign = pl.when(minor < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    cents = (minor.abs() % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, (minor.abs() // 100).cast(pl.String), pl.lit("."), cents)


def _grouped(name: str) -> pl.Expr:
    """Return 1,234.50 for amounts of a thousand and more; amounts here stay below a million."""
    return _amount(name).str.replace(r"^(-?\d{1,3})(\d{3}\.)", "${1},${2}")
