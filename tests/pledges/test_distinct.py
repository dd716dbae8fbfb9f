from datetime import date

from pledges.distinct import FirstPayment, FrozenNames, counted_on

OPENING = date(2024, 3, 31)


def paid(key: object, *day: int, **more: object) -> FirstPayment:
    return FirstPayment(key, day[0], date(*day), **more)  # type: ignore[arg-type]


def keys(
    *payments: FirstPayment, opening: date | None = OPENING, frozen: tuple[FrozenNames, ...] = ()
) -> list[object]:
    return [payment.key for payment in counted_on(payments, opening, frozen)]


def test_counts_once_a_year_and_again_next_year() -> None:
    assert keys(paid("가", 2024, 4, 25), paid("가", 2025, 2, 1)) == ["가", "가"]


def test_payments_by_the_opening_itemise_it() -> None:
    assert keys(paid("가", 2024, 3, 31), paid("나", 2023, 5, 1)) == []


def test_enterprise_already_in_the_opening_does_not_count_that_year() -> None:
    assert keys(paid("가", 2024, 4, 25, named_in_opening=True)) == []


def test_without_opening_all_count() -> None:
    assert keys(paid("가", 2023, 5, 1), opening=None) == ["가"]


def test_comes_in_order_of_days() -> None:
    assert keys(paid("나", 2024, 6, 1), paid("가", 2024, 4, 25)) == ["나", "가"][::-1]


class TestClosedQuarters:
    Q2 = FrozenNames(2024, date(2024, 6, 30), frozenset({"가"}))

    def test_named_enterprise_counts_in_its_closed_quarter_only(self) -> None:
        assert keys(paid("가", 2024, 4, 25), frozen=(self.Q2,)) == ["가"]

    def test_named_enterprise_does_not_count_again_that_year(self) -> None:
        assert keys(paid("가", 2024, 7, 5), frozen=(self.Q2,)) == []

    def test_named_enterprise_counts_again_next_year(self) -> None:
        assert keys(paid("가", 2025, 1, 5), frozen=(self.Q2,)) == ["가"]

    def test_payment_entered_late_into_a_closed_quarter_counts_nowhere(self) -> None:
        assert keys(paid("나", 2024, 5, 2), frozen=(self.Q2,)) == []

    def test_late_payment_followed_by_one_in_an_open_quarter_counts_there(self) -> None:
        found = counted_on([paid("나", 2024, 5, 2, later=date(2024, 8, 1))], OPENING, (self.Q2,))
        assert [payment.day for payment in found] == [date(2024, 8, 1)]
