"""Write the files under examples/: the synthetic ledger, its bad rows, and the forms to fill in.

Run it after a change to the generators: ``.venv/bin/python -m tools.make_examples``. A test holds that the committed
files are what the generators give.
"""

from datetime import date
from pathlib import Path

from jieqing.claims.receivables.engine.bad_ledger import bad_rows
from jieqing.claims.receivables.engine.synthetic import synthetic_ledger
from jieqing.claims.receivables.engine.templates import template_csv, template_xlsx

SEED = 20261122
UNTIL = date(2026, 11, 20)
FOLDER = Path(__file__).resolve().parents[1] / "examples"


def main() -> None:
    files = {
        "jiangnan-bearing-ledger.csv": synthetic_ledger(seed=SEED, until=UNTIL),
        "jiangnan-bearing-bad-rows.csv": bad_rows(),
        "ledger-template.csv": template_csv(),
        "ledger-template.xlsx": template_xlsx(),
    }
    FOLDER.mkdir(exist_ok=True)
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
