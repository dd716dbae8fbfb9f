"""The log line, as the seed's own rows are written."""

from datetime import date

import pytest

from markets.wording import Line, event_line, follow, spans


def line(**changes: object) -> Line:
    values: dict[str, object] = {
        "market": "꿈시장",
        "name": "2023년 4월 꿈시장",
        "place": "구청 광장",
        "days": [date(2023, 4, 27), date(2023, 4, 28)],
        "vendors": 36,
        "sales": 84_000_000,
        "online": False,
    }
    return event_line(**(values | changes))  # type: ignore[arg-type]


def test_the_seeds_own_row() -> None:
    assert line() == Line("꿈시장 운영", "- 4. 27.~4. 28. 구청 광장 36개업체 매출 84백만 원")


def test_nothing_held_says_nothing() -> None:
    assert line(days=[]) == Line("", "")


def test_what_is_not_known_is_left_out() -> None:
    assert line(vendors=None, sales=None).text == "- 4. 27.~4. 28. 구청 광장"


@pytest.mark.parametrize(
    ("won", "words"),
    [(53_618_000, "매출 54백만 원"), (3_618_400, "매출 3,618천 원"), (1_230_000_000, "매출 1,230백만 원")],
)
def test_sales_in_the_unit_that_keeps_them_readable(won: int, words: str) -> None:
    assert line(sales=won).text.endswith(words)


def test_an_online_event_is_told_by_its_name_and_period() -> None:
    days = [date(2022, 8, 17), date(2022, 8, 18), date(2022, 8, 19)]
    told = line(online=True, place="", days=days, vendors=30, sales=None, name="추석선물 특별전")
    assert told == Line("추석선물 특별전", "- 8. 17.~8. 19. 온라인 30개업체")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([date(2024, 9, 13)], "9. 13."),
        ([date(2024, 9, 14), date(2024, 9, 13)], "9. 13.~9. 14."),
        ([date(2024, 9, 13), date(2024, 9, 20), date(2024, 9, 21)], "9. 13., 9. 20.~9. 21."),
        ([date(2024, 9, 30), date(2024, 10, 1)], "9. 30.~10. 1."),
        ([], ""),
    ],
)
def test_runs_of_days_are_joined(days: list[date], words: str) -> None:
    assert spans(days) == words


def test_a_proposal_nobody_edited_follows_the_record() -> None:
    assert follow("", "", "- 4. 25.") == "- 4. 25."
    assert follow("- 4. 25.", "- 4. 25.", "- 4. 25.~4. 26.") == "- 4. 25.~4. 26."


def test_words_of_a_person_stay() -> None:
    assert follow("성황리에 개최", "- 4. 25.", "- 4. 25.~4. 26.") == "성황리에 개최"
    assert follow("", "- 4. 25.", "- 4. 25.~4. 26.") == ""
