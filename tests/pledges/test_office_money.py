from datetime import date
from typing import Any

import pytest
from django.test import Client

from pledges.models import Pledge
from tests.pledges.test_worked_cases import firm, pay

URL = "/pledges/money/?term=민선8기&as_of=2024-06-30"


def test_a_cell_of_the_dashboard_opens_pledge_by_pledge(seed: Pledge, staff: Client) -> None:
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    page = staff.get(f"{URL}&column=2024&source=national")
    assert page.context["found"] == [(seed, 7_000_000 + 7_115_250)]
    assert page.context["total"] == 14_115_250
    assert "/pledges/1-3/why/money/" in page.content.decode()


def test_every_link_of_the_dashboards_table_opens_to_its_figure(seed: Pledge, staff: Client) -> None:
    from re import findall

    page = staff.get("/?term=민선8기&as_of=2024-03-31").content.decode()
    links = [link.replace("&amp;", "&") for link in findall(r'href="(/pledges/money/[^"]*)"', page)]
    assert len(links) == 5 + 9 + 3 + 2 - 3  # what is not zero: years and sums by source
    for link in links:
        assert staff.get(link).status_code == 200


@pytest.mark.parametrize("query", ["&column=1999", "&source=gold", "&x=1"])
def test_an_unknown_cell_is_refused(seed: Pledge, staff: Client, query: str) -> None:
    assert staff.get(URL + query).status_code in (400, 404)


def test_what_is_not_known_is_not_summed(seed: Pledge, staff: Client) -> None:
    page: Any = staff.get("/pledges/money/?term=민선8기&as_of=2024-02-15&column=2024")
    assert (page.context["total"], page.context["found"]) == (None, [(seed, None)])
    assert date(2024, 2, 15) == page.context["asked"].as_of
