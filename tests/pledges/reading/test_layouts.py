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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1/4	2/4	3/4	4/4", "Ⅰ분기	Ⅱ분기	Ⅲ분기	Ⅳ분기"),
        ("1/4	2/4	3/4	4/4", "1분기	2분기	3분기	4분기"),
        ("1/4	2/4	3/4	4/4", "I/4	II/4	III/4	IV/4"),
        ("목표	2022	2023	2024	2025	2026", "목표	’22년	’23년	’24년	’25년	’26년"),
        (
            "목표	2022	2023	2024	2025	2026",
            "최종목표	2022년	2023년	2024년	2025년	2026년",
        ),
        ("233	26	19	7	5	198	4", "２３３	２６	１９	７	５	１９８	４"),
        ("5 공약달성 확인지표", "5-1 공약 확인지표"),
        ("7 향후계획", "⑦ 향후 추진계획"),
        ("8 협력사항", "<협조사항>"),
        ("9 기대효과", "【 기대효과 】"),
        ("□ 예산 집행액", "□ 예산집행 현황"),
        ("전체사업 대비비율(%)", "가중치(%)"),
        ("누적 실적	사업 이행률(%)", "누계 실적	달성률(%)"),
        ("추진사항	세 부 내 용", "추진내용	세부내용"),
        ("위원회명	위원수", "위원회명	위원 수"),
        ("총 계	1,120", "합 계	1,120"),
    ],
)
def test_other_words_for_the_same(before: str, after: str) -> None:
    assert before in SEED
    found = read(SEED.replace(before, after, 1), *SEED_UNITS)
    assert not found.faults.errors
    assert not found.unplaced
    assert not found.faults.findings
    assert _content(found.card) == _content(read(SEED, *SEED_UNITS).card)
