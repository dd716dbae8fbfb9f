"""The examples offered as help are read as they are."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from enterprises.models import Designation, Enterprise
from markets.models import Market
from pledges.importing import KINDS
from pledges.importing.examples import EXAMPLES, Example
from subsidies.models import Disbursement
from tests.imports.conftest import Run
from tests.subsidies import factories as ledger

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "imports"
LISTS = EXAMPLES["enterprises"]


@pytest.mark.parametrize("example", LISTS, ids=lambda example: example.label)
@pytest.mark.usefixtures("kinds")
def test_lists_of_enterprises(import_rows: Run, example: Example) -> None:
    content = (FOLDER / example.file).read_bytes()
    given = ("--set", f"유형={example.given}")
    ran = import_rows("enterprises", content, *given)
    assert (ran.code, ran.counts.split(" changed")[0]) in ((0, "new: 3"), (0, "new: 2"))
    assert import_rows("enterprises", content, *given).counts.startswith("new: 0 changed: 0")
    held: Any = Designation.objects.select_related("kind", "enterprise")
    assert {row.kind.name for row in held} == {example.given}
    assert all(
        row.starts_on and row.number and row.enterprise.representative and row.enterprise.address
        for row in held
    )


@pytest.mark.usefixtures("kinds")
def test_all_five_lists_one_after_another(import_rows: Run) -> None:
    for example in LISTS:
        import_rows("enterprises", (FOLDER / example.file).read_bytes(), "--set", f"유형={example.given}")
    assert Enterprise.objects.count() == 12
    assert not Enterprise.objects.filter(phone__startswith="010").exists()


def test_ledger_with_totals_and_thousands(db: None, import_rows: Run) -> None:
    program = ledger.program()
    ledger.year(program)
    for name in ("가온협동조합(예시)", "나래사회적협동조합(예시)"):
        ledger.award(program, ledger.enterprise(name), 30_000_000)
    ran = import_rows("disbursements", (FOLDER / EXAMPLES["disbursements"][0].file).read_bytes())
    assert (ran.code, ran.counts) == (0, "new: 2 changed: 0 unchanged: 0")
    assert [line for line in ran.of("warning") if "합계" in line] == []
    assert sorted(Disbursement.objects.values_list("amount", flat=True)) == [10_000_000, 20_000_000]


def test_market_days(db: None, import_rows: Run) -> None:
    Market.objects.create(name="관악 꿈시장", short_name="꿈시장")
    assert import_rows("market-days", (FOLDER / EXAMPLES["market-days"][0].file).read_bytes()).code == 0


def test_every_example_is_marked() -> None:
    for examples in EXAMPLES.values():
        assert all("(예시)" in example.file for example in examples)
    assert set(EXAMPLES) <= set(KINDS)
