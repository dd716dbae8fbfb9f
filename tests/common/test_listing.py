from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory

from common.listing import FilterForm, Listing, listed, spelled_like
from enterprises.models import Enterprise

SORTS = {"name": ("name",), "industry": ("industry", "name"), "merged": ("merged_into__name",)}


class Filters(FilterForm):
    q = forms.CharField(label="기업명")
    on = forms.DateField(label="기준일")


def asked(query: str = "", **options: Any) -> Listing:
    request = RequestFactory().get(f"/enterprises/?{query}")
    options.setdefault("filters", Filters(request.GET or None))
    return listed(request, Enterprise.objects.all(), SORTS, default="name", **options)


def names(listing: Listing) -> list[str]:
    return [row.name for row in listing.page]


@pytest.fixture
def rows(db: None) -> None:
    Enterprise.objects.bulk_create(
        Enterprise(name=f"기업{number:03}", industry="돌봄" if number % 2 else "급식")
        for number in range(120)
    )


@pytest.mark.usefixtures("rows")
def test_fifty_a_page_in_the_default_order() -> None:
    listing = asked()
    assert (len(names(listing)), names(listing)[0]) == (50, "기업000")
    assert listing.page.paginator.count == 120


@pytest.mark.usefixtures("rows")
def test_the_address_chooses_page_and_order() -> None:
    assert names(asked("sort=-name&page=2"))[0] == "기업069"
    assert names(asked("sort=industry"))[:2] == ["기업000", "기업002"]


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("page", "first"), [("99", "기업100"), ("x", "기업000"), ("0", "기업100")])
def test_a_page_that_is_not_there_shows_the_nearest(page: str, first: str) -> None:
    assert names(asked(f"page={page}"))[0] == first


def test_empty_values_come_last_in_both_directions(db: None) -> None:
    main = Enterprise.objects.create(name="본점")
    Enterprise.objects.create(name="지점", merged_into=main)
    assert names(asked("sort=merged")) == ["지점", "본점"]
    assert names(asked("sort=-merged")) == ["지점", "본점"]


@pytest.mark.parametrize(
    "query", ["kind=village", "q=x&Sort=name", "sort=password", "sort=voided_by__password"]
)
def test_what_the_list_does_not_know_is_refused(db: None, query: str) -> None:
    with pytest.raises(BadRequest, match="목록 화면에서 다시 조회"):
        asked(query)


def test_a_parameter_that_the_page_names_is_known(db: None) -> None:
    asked("tab=2", also=["tab"])


def test_filters_that_are_set() -> None:
    request = RequestFactory().get("/?q=가온&on=2024-03-31&sort=name")
    chosen = Filters(request.GET).chosen()
    assert chosen["q"] == "가온"
    assert str(chosen["on"]) == "2024-03-31"
    assert Filters(None).chosen() == {}
    assert Filters(RequestFactory().get("/?q=").GET).chosen() == {}


def test_what_was_chosen_is_said_in_words() -> None:
    def said(query: str) -> str:
        return Filters(RequestFactory().get(f"/?{query}").GET).conditions()

    assert said("q=가온&on=2024-03-31") == "기업명: 가온, 기준일: 2024. 3. 31."
    assert (said("q="), said("on=2024-02-30"), Filters(None).conditions()) == ("", "", "")


@pytest.mark.parametrize("text", ["㈜가온누리", "가온 누리(주)", "가 온", "누리"])
def test_a_name_is_found_whatever_its_spaces_and_legal_form(db: None, text: str) -> None:
    Enterprise.objects.create(name="가온 누리")
    assert Enterprise.objects.filter(spelled_like(text, "name", "address")).exists()
    assert not Enterprise.objects.filter(spelled_like("나래", "name", "address")).exists()


def test_a_printed_list_says_its_conditions_and_day(staff: Client) -> None:
    page = staff.get("/subsidies/disbursements/?kind=payment&start=2024-03-01").content.decode()
    assert "조회 조건: 구분: 교부, 교부일부터: 2024. 3. 1. (2024. 4. 1. 기준)" in page
    assert "조회 조건: 전체 (2024. 4. 1. 기준)" in staff.get("/subsidies/disbursements/").content.decode()


def test_a_filter_that_cannot_be_read_is_refused_with_its_name() -> None:
    with pytest.raises(BadRequest, match="기준일"):
        Filters(RequestFactory().get("/?on=2024-02-30").GET).chosen()


def rendered(template: str, query: str, **options: Any) -> str:
    request = RequestFactory().get(f"/enterprises/?{query}")
    listing = listed(request, Enterprise.objects.all(), SORTS, default="name", also=["q"], **options)
    return Template(template).render(Context({"request": request, "listing": listing}))


HEAD = '{% load listing %}{% sort_head listing "name" "기업명" %}'


def test_a_column_head_turns_the_order_and_keeps_the_filters(db: None) -> None:
    head = rendered(HEAD, "q=a%26b&page=3&sort=industry")
    assert 'aria-sort="none"' in head
    assert 'href="?q=a%26b&amp;sort=name"' in head
    assert 'aria-sort="ascending"' in rendered(HEAD, "sort=name")
    assert 'href="?sort=-name"' in rendered(HEAD, "sort=name")
    assert 'aria-sort="descending"' in rendered(HEAD, "sort=-name")


@pytest.mark.usefixtures("rows")
def test_the_pager_keeps_filters_and_order() -> None:
    request = RequestFactory().get("/enterprises/?q=x&sort=-name")
    request.user = AnonymousUser()
    listing = listed(request, Enterprise.objects.all(), SORTS, default="name", also=["q"])
    pager = Template('{% include "common/_pager.html" %}').render(
        RequestContext(request, {"listing": listing})
    )
    assert 'href="?q=x&amp;sort=-name&amp;page=2"' in pager
    assert "120" in pager


@pytest.mark.usefixtures("rows")
def test_two_queries_whatever_the_size(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        names(asked())


def test_the_refusal_is_a_korean_page(staff: Client) -> None:
    response = staff.get("/enterprises/?no_such=1")
    if response.status_code == 404:
        pytest.skip("the register has no list yet")
    assert response.status_code == 400
    assert "알 수 없는 조회 조건입니다: no_such" in response.content.decode()


def test_a_filter_that_cannot_be_read_is_corrected_where_it_stands(staff: Client) -> None:
    response = staff.get("/subsidies/disbursements/?start=2024.13.1.&q=가나다")
    page = response.content.decode()
    assert response.status_code == 400
    assert "없는 달입니다" in page
    assert 'value="2024.13.1."' in page
    assert 'value="가나다"' in page
    assert "보조금 집행" in page
