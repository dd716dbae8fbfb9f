"""The seed's text as other copies would bring it: the same card whatever stands between its cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from .helpers import SEED_UNITS, read, text_of

SEED = text_of("seed-1-3.txt")
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨ"


def _rows(change: Callable[[str], str]) -> str:
    return "\n".join(change(line) if "\t" in line else line for line in SEED.split("\n"))


LAYOUTS = {
    "spaces for tabs": SEED.replace("\t", "    "),
    "empty cells lost": _rows(lambda row: re.sub(r"\t+", "\t", row.rstrip("\t "))),
    "empty cells lost, spaces": _rows(lambda row: re.sub(r"\t+", "   ", row.strip("\t "))),
    "trailing cells lost": _rows(lambda row: row.rstrip("\t ")),
    "bars": _rows(lambda row: f"| {row.replace(chr(9), ' | ')} |"),
    "no empty lines": re.sub(r"\n\n+", "\n", SEED),
    "no bullets": SEED.replace("□ ", "").replace("○ ", ""),
    "other bullets": SEED.replace("○ ", "□ "),
    "numbers with dots": re.sub(r"(?m)^(\d) (?=\S)", r"\1. ", SEED),
    "roman numbers": re.sub(r"(?m)^(\d) (?=\S)", lambda found: f"{ROMAN[int(found[1]) - 1]}. ", SEED),
    "no numbers": re.sub(r"(?m)^\d (?=\S)", "", SEED),
}


def _content(found: Any) -> Any:
    """What was read, without where it stood."""
    if isinstance(found, list | tuple):
        return [_content(each) for each in found]
    if isinstance(found, dict):
        return {name: _content(each) for name, each in found.items()}
    if hasattr(found, "__dataclass_fields__"):
        skipped = ("line", "title_line", "overall_line", "base_text", "section_numbers")
        return {f.name: _content(getattr(found, f.name)) for f in fields(found) if f.name not in skipped}
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_card_in_another_layout(layout: str) -> None:
    found = read(LAYOUTS[layout], *SEED_UNITS)
    assert not found.faults.errors
    assert not found.unplaced
    assert _content(found.card) == _content(read(SEED, *SEED_UNITS).card)


@pytest.mark.parametrize(
    ("row", "broken"),
    [
        ("사업개발비 지원금 2차 교부 (9개 기업", "사업개발비 지원금 2차 교부\n(9개 기업"),
        (
            "통합지원센터 운영	사회적경제 기업 수	개소	235",
            "통합지원센터\n운영	사회적경제 기업 수	개소	235",
        ),
        (
            "2023. 3. 29.	사회적경제 통합지원사업 민간위탁금",
            "2023. 3. 29.	사회적경제 통합지원사업\n민간위탁금",
        ),
        ("구청 광장에서 꿈시장 운영 * 22개", "구청 광장에서 꿈시장 운영\n* 22개"),
    ],
)
def test_a_row_broken_inside_a_cell_is_one_row(row: str, broken: str) -> None:
    text = SEED.replace(row, broken, 1)
    assert _content(read(text, *SEED_UNITS).card) == _content(read(SEED, *SEED_UNITS).card)


def test_a_quoted_cell_of_several_lines_is_one_cell() -> None:
    row = "12	2023. 4. 27.	꿈시장 운영	- 4. 27.~4. 28. 구청 광장 36개업체 매출 84백만 원"
    quoted = row.replace("- 4. 27.~4. 28. 구청", '"- 4. 27.~4. 28.\n구청').replace("84백만 원", '84백만 원"')
    found = read(SEED.replace(row, quoted, 1), *SEED_UNITS)
    assert [line.detail for line in found.card.log] == [line.detail for line in read(SEED).card.log]
