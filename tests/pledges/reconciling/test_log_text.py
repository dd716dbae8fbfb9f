"""Which sentences of the log tell of money handed out."""

import pytest

from pledges.models import Activity
from pledges.reconciling.log_amounts import says
from pledges.reconciling.log_text import pays


@pytest.mark.parametrize(
    ("title", "detail", "paid"),
    [
        ("지원금 교부", "- 3개 기업/ 9,000천 원", True),
        ("일자리 지원", "- 2차 지원금 교부(9,000천 원)", True),
        ("일자리 지원", "- 교부결정 및 교부(9,000천 원)", True),
        ("용역", "- 선금 지급: 9,000천 원", True),
        ("지원금 교부", "- 교부결정 통지(3개 기업/ 9,000천 원)", False),
        ("지원금 교부", "- 교부 신청(9,000천 원)", False),
        ("일자리 지원", "- 하반기 지급 계획 수립(9,000천 원)", False),
        ("일자리 지원", "- 지급할 예정(9,000천 원)", False),
        ("일자리 지원", "- 국비 교부받음(9,000천 원)", False),
        ("일자리 지원", "- 교부액 확정(9,000천 원)", False),
        ("지원금 교부", "- 3개 기업", False),
        ("센터 공사", "- 개보수(9,000천 원)", False),
    ],
)
def test_a_row_that_tells_of_a_payment(title: str, detail: str, paid: bool) -> None:
    assert pays(Activity(title=title, detail=detail)) is paid


@pytest.mark.parametrize(
    ("text", "won", "said"),
    [
        ("교부(㈜가나, 9,487천 원)", 9_487_000, True),
        ("교부(㈜가나, 9,487,123원)", 9_487_123, True),
        ("교부(19,487천 원)", 9_487_000, False),
        ("교부(1,300천 원)", 300_000, False),
    ],
)
def test_the_very_words_of_an_amount(text: str, won: int, said: bool) -> None:
    assert says(text, won) is said
