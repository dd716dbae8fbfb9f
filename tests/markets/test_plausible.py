import pytest

from markets.plausible import sales_doubts

USUAL = [84_000_000, 66_000_000, 57_000_000, 29_000_000]


@pytest.mark.parametrize("sales", [None, 0, 29_000_000, 1_000_000, 900_000_000])
def test_usual_sales_raise_no_question(sales: int | None) -> None:
    assert sales_doubts(sales, USUAL) == []


@pytest.mark.parametrize("sales", [84, 84_000, 84_000_000_000])
def test_a_slip_of_a_thousand_is_asked_about(sales: int) -> None:
    assert len(sales_doubts(sales, USUAL)) == 1


def test_without_anything_to_compare_only_the_absurd_is_asked_about() -> None:
    assert sales_doubts(84, []) != []
    assert sales_doubts(84_000, []) == []
