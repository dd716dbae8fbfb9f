"""A finding with its explanation."""

import pytest

from pledges.models import ReconcileNote
from pledges.reconciling import Amount, Finding, Line, Severity


def finding(left: Amount, right: Amount) -> Finding:
    return Finding("code", "key", Severity.SERIOUS, "곳", "내용", left, right, "할 일", "/")


@pytest.mark.parametrize(
    ("left", "right", "explained", "stands"),
    [
        (Amount("장부", 5_000), Amount("예산", 3_000), "2,000원", True),
        (Amount("장부", 6_000), Amount("예산", 4_000), "2,000원", True),
        (Amount("장부", 6_000), Amount("예산", 3_000), "2,000원", False),
        (Amount("교부액", 5_000), Amount("교부결정", "없음"), "5,000원 / 없음", True),
        (Amount("교부액", 9_000_000), Amount("교부결정", "없음"), "5,000원 / 없음", False),
        (Amount("교부액", 9_000_000), Amount("교부결정", "없음"), "-", True),
    ],
)
def test_an_explanation_holds_while_what_it_explains_does(
    left: Amount, right: Amount, explained: str, stands: bool
) -> None:
    line = Line(finding(left, right), ReconcileNote(text="까닭", gap=explained))
    assert (line.is_explained, line.is_outdated, line.blocks) == (stands, not stands, not stands)


def test_long_words_are_cut_to_what_a_note_keeps() -> None:
    long = finding(Amount("등록 1", "가" * 80), Amount("등록 2", "나"))
    assert len(long.difference) == ReconcileNote.GAP_LENGTH
