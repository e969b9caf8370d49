"""Small bank files for tests, written as banks write them."""

from dataclasses import dataclass

ACCOUNT = "1103020109000123456"


@dataclass(frozen=True)
class Row:
    """One movement in an ICBC-like download; ``amount`` in yuan, negative is money out."""

    day: str
    amount: str
    name: str = ""
    text: str = "货款"
    account: str = ""
    time: str = "09:00:00"


def icbc(
    rows: list[Row], *, opening: int = 10_000_000, break_at: int | None = None, account: str = ACCOUNT
) -> bytes:
    """An ICBC download in GB18030 with running balances; ``break_at`` spoils the balance of that row."""
    lines = [
        "中国工商银行 账户明细,,,,,,,,,,",
        f"账号：{account},户名：江南精密机械有限公司,,币种：人民币,,,,,,,",
        "凭证号,本方账号,对方账号,交易时间,借/贷,转出金额,转入金额,对方单位,摘要,用途,余额",
    ]
    balance = opening
    for at, row in enumerate(rows):
        minor = round(float(row.amount) * 100)
        balance += minor
        shown = balance + (1 if at == break_at else 0)
        out, into = (f"{-minor / 100:.2f}", "") if minor < 0 else ("", f"{minor / 100:.2f}")
        lines.append(
            f"{at + 1},{account}\t,{row.account}\t,{row.day} {row.time},{'借' if minor < 0 else '贷'},{out},{into},"
            f"{row.name},{row.text},,{shown / 100:.2f}"
        )
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


MT940 = f""":20:STMT2610
:25:{ACCOUNT}
:28C:10/1
:60F:C261001CNY100000,00
:61:2610021002C10000,00NTRFINV-001//B1
:86:?20HUOKUAN INV-001?31622202000001?32HONGDA JIXIE CO LTD
:61:2610031003D5,00NCHGNONREF//B2
:86:BANK CHARGE
:62F:C261003CNY109995,00
-
"""

CAMT = f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>S1</Id>
<Acct><Id><Othr><Id>{ACCOUNT}</Id></Othr></Id><Ccy>CNY</Ccy><Ownr><Nm>江南精密机械有限公司</Nm></Ownr></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="CNY">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-10-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="CNY">1295.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-10-03</Dt></Dt></Bal>
<Ntry>
<Amt Ccy="CNY">300.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-02</Dt></BookgDt>
<ValDt><Dt>2026-10-02</Dt></ValDt>
<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>
<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>
<Amt Ccy="CNY">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Pty><Nm>宏达机械有限公司</Nm></Pty></Dbtr></RltdPties>
<RmtInf><Ustrd>INV-001</Ustrd></RmtInf></TxDtls>
<TxDtls><Refs><EndToEndId>E2</EndToEndId></Refs>
<Amt Ccy="CNY">200.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<RltdPties><Dbtr><Nm>远景五金</Nm></Dbtr></RltdPties>
<RmtInf><Strd><CdtrRefInf><Ref>INV-003</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>
</NtryDtls></Ntry>
<Ntry>
<Amt Ccy="CNY">5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-10-03</Dt></BookgDt>
<AddtlNtryInf>CHARGE</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""

ALIPAY = """支付宝交易记录明细查询
账号:[demo@example.com]
起始日期:[2026-10-01 00:00:00]    终止日期:[2026-10-31 00:00:00]
交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,
2026-10-03 08:01:02,转账,李建国,lee***@163.com,货款 INV-009,收入,250.50,余额,交易成功,20261003220014\t,,,
2026-10-03 08:01:02,转账,李建国,lee***@163.com,货款 INV-009,收入,250.50,余额,交易成功,20261003220014\t,,,
2026-10-04 08:01:02,购物,某店,x***@163.com,纸张,支出,20.00,余额,交易成功,20261003220016\t,,,
2026-10-04 08:01:03,转账,某店,x***@163.com,纸张,不计收支,20.00,余额,交易关闭,20261003220017\t,,,
""".encode("gb18030")
