"""The thirteen vectors of law.md section 5A to the fen, as the command says them and as the public page shows them."""

import json

import pytest
from click.testing import CliRunner
from tests.cast import Cast

from jieqing.claims.entitlements.management.fees import fees

KINDS = ("case", "half", "payment_order", "preservation", "enforcement")
# Yuan of the claim: fees in fen, in the order of KINDS.
VECTORS = {
    5_000: (5_000, 2_500, 1_667, 7_000, 5_000),
    10_000: (5_000, 2_500, 1_667, 12_000, 5_000),
    50_000: (105_000, 52_500, 35_000, 52_000, 65_000),
    100_000: (230_000, 115_000, 76_667, 102_000, 140_000),
    200_000: (430_000, 215_000, 143_333, 152_000, 290_000),
    300_000: (580_000, 290_000, 193_333, 202_000, 440_000),
    500_000: (880_000, 440_000, 293_333, 302_000, 740_000),
    1_000_000: (1_380_000, 690_000, 460_000, 500_000, 1_240_000),
    2_000_000: (2_280_000, 1_140_000, 760_000, 500_000, 2_240_000),
    5_000_000: (4_680_000, 2_340_000, 1_560_000, 500_000, 5_240_000),
    10_000_000: (8_180_000, 4_090_000, 2_726_667, 500_000, 7_740_000),
    20_000_000: (14_180_000, 7_090_000, 4_726_667, 500_000, 8_740_000),
    50_000_000: (29_180_000, 14_590_000, 9_726_667, 500_000, 11_740_000),
}


@pytest.mark.parametrize("yuan", VECTORS)
def test_the_command_says_each_vector(yuan: int) -> None:
    found = tuple(
        json.loads(
            CliRunner().invoke(fees, ["--kind", kind, "--amount-fen", str(yuan * 100), "--json"]).stdout
        )["fee_fen"]
        for kind in KINDS
    )
    assert found == VECTORS[yuan]


def test_the_page_shows_each_vector_without_sign_in(cast: Cast) -> None:
    client = cast.clients["anonymous"]
    for yuan, wanted in VECTORS.items():
        page = client.get(f"/s/{cast.site.slug}/calculators/fees/", {"amount": str(yuan)})
        shown = {kind: fee.fee_fen for kind, _label, fee in page.context["fees"]}
        assert tuple(shown[kind] for kind in KINDS) == wanted
        text = page.content.decode()
        assert all(f"{fen // 100:,}.{fen % 100:02d}" in text for fen in wanted), yuan
