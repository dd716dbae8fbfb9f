"""Any number on the dashboard and the card opens its derivation, which states it and adds up to it (issue 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from accounts.models import User
from common.periods import Quarter
from enterprises import register
from pledges.card import build_card
from pledges.closing import canonical, close_quarter
from pledges.models import Pledge
from subsidies.models import Award, Program, ProgramYear
from subsidies.models.programs import Basis

from . import factories as make
from .test_derivations import AS_OF, busy
from .test_execution import settled
from .test_worked_cases import firm, held, pay
from .walking import Opened, Shown, numbers, standing_still

__all__ = ["busy"]

# What is no figure, and why.
EXCEPT = {
    "form": "what one types into",
    "nav": "the way back: numbers of pledges",
    "h1": "names the pledge and the day",
    "h2": "names of sections; a number of what stands below it",
    "h3": "names of sections, years",
    "th": "names of rows and columns: years, indicators",
    "caption": "names of tables; the means beside them (.unit) are walked",
    "summary": "opens what is folded below it, and says how much",
    "svg": "the trend's drawing: the page it leads to states each point, walked by test_points_of_a_trend",
    ".muted": "the day asked for, or nothing",
    ".text": "cells of words, as somebody typed them",
    ".typed": "words of the support centre's register",
    ".name": "the pledge's number and title",
    ".card-mark": "the day, and which closing this is",
    ".outline": "the officers' own words",
    ".log": "sentences of the log; those a record brought lead to it",
    ".card-summary": "the officers' own words",
    ".rule": "a rule: weights make 100",
    ".card-footnotes": "explanations typed on 대사",
    ".flags": "walked by test_what_a_flag_says: its page is where it is mended",
    ".due": "what is due, with its rule",
}
DERIVATIONS = re.compile(r"^/pledges/([^/]+/why/|means/|money/)")
PAGES = ("/", "/pledges/", "/pledges/{number}/figures/", "/pledges/{number}/")


def walked(page: str) -> list[Shown]:
    return numbers(page, *EXCEPT)


def unopened(found: list[Shown]) -> list[str]:
    return [f"{shown.text} in {shown.where}" for shown in found if not DERIVATIONS.match(shown.href)]


def walk(
    client: Client, number: str, day: str, pages: Sequence[str] = PAGES, term: str = "민선8기"
) -> tuple[int, list[str]]:
    """How many numbers dashboard, 추이·그림 and card show on a day, and the faults of those that do not open."""
    seen, faults = 0, []
    with standing_still():
        opened = Opened(client)
        for page in pages:
            answer = client.get(f"{page.format(number=number)}?term={term}&as_of={day}")
            found = walked(answer.content.decode())
            seen += len(found)
            faults += unopened(found)
            faults += [fault for shown in found if shown.href for fault in opened.faults(shown)]
    return seen, list(dict.fromkeys(faults))


@pytest.mark.parametrize(("day", "least"), [("2023-12-31", 120), ("2024-09-30", 220), ("2026-11-22", 300)])
def test_every_number_opens_to_the_same_figure(busy: Pledge, auditor: Client, day: str, least: int) -> None:
    # From here on the rates stand on two bases.
    make.target(busy.indicators.get(no=3), "32", valid_from=date(2024, 10, 1), reason="변경(예시)")
    seen, faults = walk(auditor, "1-3", day)
    assert faults == []
    assert seen > least


def test_points_of_a_trend_stand_on_the_page_it_leads_to(busy: Pledge, auditor: Client) -> None:
    board = auditor.get(f"/?{AS_OF}").content.decode()
    words = re.search(r'figures/[^>]*><svg[^>]*aria-label="추이: ([^"]*)"', board)
    assert words
    points = [tuple(point.removesuffix("%").rsplit(" ", 1)) for point in words[1].split(", ")]
    assert len(points) == 5
    page = auditor.get(f"/pledges/1-3/figures/?{AS_OF}").content.decode()
    rows = re.findall(r'<th scope="row">([^<]*)</th><td class="num"><a href="[^"]*">([^<]*)<', page)
    assert set(points) <= {(when, rate) for when, rate in rows}


def test_a_cell_counted_by_what_was_spent_lists_settlements_and_no_payments(
    busy: Pledge, auditor: Client
) -> None:
    Program.objects.filter(name="일자리창출사업").update(basis=Basis.SPENT)
    settled("일자리창출사업", 2_000_000, 2024, 8, 1)
    context = auditor.get("/pledges/1-3/why/money/?as_of=2024-09-30&column=2024").context
    assert (context["paid"], context["spent_won"], context["value"]) == (0, 2_000_000, 37_000_000)
    assert context["opened"] + context["added"] == context["value"]
    page = auditor.get("/pledges/1-3/why/money/?as_of=2024-09-30&column=2024&source=national")
    assert page.context["spent_won"] == 1_500_000
    assert "실집행액(정산) 1,500,000원" in page.context["footnotes"][0][1]
    assert "더한 정산(실집행액)" in page.content.decode()


@pytest.mark.parametrize("cell", ["", "&column=2023", "&source=district"])
def test_what_itemises_the_opening_is_listed_and_adds_up(busy: Pledge, auditor: Client, cell: str) -> None:
    found = auditor.get(f"/pledges/1-3/why/money/?as_of=2024-09-30{cell}").context
    assert found["itemising"] > 0
    assert sum(won for _, won in found["inside"]) == found["itemising"]
    assert found["opened"] + found["added"] == found["value"]


def test_the_sum_within_the_term_opens_to_itself_and_not_to_the_whole(busy: Pledge, auditor: Client) -> None:
    pay(firm("㈜뒤(예시)"), 7_000_000, 2026, 8, 3)
    day = "as_of=2026-11-22"
    page = auditor.get(f"/pledges/1-3/why/money/?{day}&column=in_term").context
    whole = auditor.get(f"/pledges/1-3/why/money/?{day}").context
    assert whole["value"] - page["value"] == 7_000_000
    assert page["opened"] + page["added"] == page["value"]


def test_links_keep_the_filter_that_made_the_figure(busy: Pledge, auditor: Client) -> None:
    other = make.pledge("2-1", term=busy.term, goal=busy.goal)
    make.indicator(other, weight=100)
    other.programs.set(busy.programs.all())
    found = auditor.get("/?as_of=2024-09-30&q=2-1")
    links = [shown for shown in walked(found.content.decode()) if "/money/" in shown.href]
    assert links
    assert all("q=2-1" in shown.href for shown in links)
    opened = Opened(auditor)
    assert [fault for shown in links for fault in opened.faults(shown)] == []


def test_a_target_opens_its_versions_and_says_where_its_parts_do_not_fit(
    busy: Pledge, auditor: Client
) -> None:
    indicator = busy.indicators.get(no=3)
    make.target(
        indicator, "11", 2024, valid_from=date(2024, 5, 1), reason="예산 감액", panel_on=date(2024, 4, 9)
    )
    page = auditor.get(f"/pledges/1-3/why/3/target/?{AS_OF}&year=2024")
    (one,) = page.context["derivations"]
    assert (one.value, one.known, [row.value for row in one.earlier]) == (11, 11, ["11", "10"])
    assert "예산 감액 · 주민배심원 2024. 4. 9." in page.content.decode()
    assert one.told == ("나눈 목표로는 10이어서 맞지 않습니다. 대사에 나옵니다.",)


def test_a_cost_names_who_typed_it_and_what_stood_before(
    busy: Pledge, auditor: Client, users: dict[str, User]
) -> None:
    writer: Any = busy
    writer._history_user = users["staff"]
    busy.cost_city += 1_000_000
    busy.save()
    page = auditor.get(f"/pledges/1-3/why/cost/?{AS_OF}&of=cost&source=city")
    (one,) = page.context["derivations"]
    assert [row.value for row in one.earlier] == ["518,000,000", "517,000,000"]
    assert str(users["staff"]) in one.operands[0].lines[0].by
    assert "518백만 원" in page.content.decode()


@pytest.mark.parametrize("query", ["of=gold", "source=gold", "of=cost&source=year"])
def test_a_cost_that_is_not_on_the_card_is_not_found(busy: Pledge, auditor: Client, query: str) -> None:
    assert auditor.get(f"/pledges/1-3/why/cost/?{query}").status_code == 404


@pytest.mark.parametrize("address", ["3/target/?year=1999", "3/target/?quarter=2", "9/target/", "9/weight/"])
def test_a_target_that_is_not_on_the_card_is_not_found(busy: Pledge, auditor: Client, address: str) -> None:
    assert auditor.get(f"/pledges/1-3/why/{address}").status_code == 404


def test_numbers_of_a_closed_card_open_to_what_was_published(
    busy: Pledge, users: dict[str, User], auditor: Client
) -> None:
    day, user = date(2024, 9, 30), users["coordinator"]
    for quarter in (2, 3):
        close_quarter(
            busy.term, Quarter(2024, quarter), user, datetime(2024, 10, 9, tzinfo=UTC), date(2024, 10, 9)
        )
    before = canonical(build_card(busy, day))
    disturb(busy, user)
    assert canonical(build_card(busy, day)) == before
    assert walk(auditor, "1-3", "2024-09-30")[1] == []
    (one,) = auditor.get(f"/pledges/1-3/why/cost/?{AS_OF}&of=cost&source=city").context["derivations"]
    assert (one.value, one.told) == (517_000_000, ("마감한 뒤에 바뀌어 지금은 520,000,000원입니다",))


def disturb(pledge: Pledge, user: User) -> None:
    """What may be written after a closing, dated within it."""
    pledge.cost_city += 3_000_000
    pledge.save()
    pledge.indicators.filter(no=1).update(weight=20)
    pledge.indicators.filter(no=3).update(weight=30)
    make.target(pledge.indicators.get(no=3), "44", valid_from=date(2024, 7, 1), reason="변경")
    make.target(pledge.indicators.get(no=3), "12", 2024, valid_from=date(2024, 7, 1), reason="변경")
    held(date(2024, 8, 17))
    late = firm("㈜늦음(예시)")
    pay(late, 3_000_000, 2024, 8, 10, in_opening=False)
    kind = register.register_table(day := date(2024, 9, 1)).by_code()["village"].kind
    late.designations.create(kind=kind, starts_on=day)
    program = Program.objects.get(name="일자리창출사업")
    Award.objects.create(program=program, enterprise=late, year=2024, decided_on=day, amount=1_000_000)
    ProgramYear.objects.filter(program=program, year=2024).update(planned_amount=F("planned_amount") + 1_000)
    pledge.secured.create(year=2024, source="district", amount=5_000_000)
    space = pledge.spaces.first()
    assert space is not None
    space.area_m2 = 77
    space.save()
    pledge.spaces.remove(space)
