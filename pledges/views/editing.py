"""Editing the card's head: header, what the pledge names, officers, secured funds; and a new pledge."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow, can
from common.editing import locked, save_grid
from common.history import changes
from common.voiding import void
from pledges.editing import Conflict, save_secured, version_of
from pledges.forms.header import HeaderForm, LinksForm, NewPledgeForm, OfficerForm
from pledges.forms.secured import SecuredForm
from pledges.models import Officer, Pledge
from pledges.selection import asked, pledge_numbered

# Empty rows offered below the officers that are there.
SPARE = 2


def pledge_at(request: HttpRequest, number: str, *also: str) -> Pledge:
    """The pledge of the address (``?term=``). 404 for an unknown one, 400 for an unknown parameter."""
    return pledge_numbered(asked(request, *also).term, number)


def address(name: str, pledge: Pledge, *args: Any, **query: Any) -> str:
    """The page ``pledges:name`` of a pledge, its term in the query."""
    return f"{reverse(f'pledges:{name}', args=[pledge.number, *args])}?{urlencode({'term': pledge.term.name} | query)}"


def page(request: HttpRequest, template: str, pledge: Pledge, here: str, **context: Any) -> HttpResponse:
    """One of the editing pages: ``here`` is its name in the menu."""
    return render(request, f"pledges/edit/{template}.html", {"pledge": pledge, "here": here} | context)


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def header(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    form = HeaderForm(
        request.POST or None, instance=pledge, confirms_status=can(request.user, "confirm_status")
    )
    if request.method == "POST" and form.saves():
        messages.success(request, "머리글을 저장했습니다.")
        return redirect(address("edit", pledge))
    return page(request, "header", pledge, "edit", form=form, changes=changes(pledge))


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, number: str) -> HttpResponse:
    """Programmes, markets, spaces, centre, committee."""
    pledge = pledge_at(request, number)
    form = LinksForm(request.POST or None, instance=pledge)
    if request.method == "POST" and form.saves():
        messages.success(request, "공약이 쓰는 사업·시장·공간을 저장했습니다.")
        return redirect(address("links", pledge))
    return page(request, "links", pledge, "links", form=form, changes=changes(pledge))


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def officers(request: HttpRequest, number: str) -> HttpResponse:
    """사업담당, the card's ☎ line; all rows in one form."""
    pledge = pledge_at(request, number)
    rows = list(pledge.officers.live())
    forms = officer_forms(pledge, rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and save_officers(pledge, forms, request.user):
        messages.success(request, "사업담당을 저장했습니다.")
        return redirect(address("officers", pledge))
    return page(request, "officers", pledge, "officers", forms=forms, changes=changes(*pledge.officers.all()))


def officer_forms(pledge: Pledge, rows: list[Officer], data: Any) -> list[OfficerForm]:
    """A form per officer and ``SPARE`` empty ones."""
    last = max((row.position for row in rows), default=0)
    forms = [
        OfficerForm(data, instance=row, prefix=f"o{row.pk}", row=f"{number}번째")
        for number, row in enumerate(rows, 1)
    ]
    for spare in range(SPARE):
        new = Officer(pledge=pledge, position=last + spare + 1)
        forms.append(OfficerForm(data, instance=new, prefix=f"new{spare}", row=f"새 담당 {spare + 1}"))
    return forms


def save_officers(pledge: Pledge, forms: list[OfficerForm], user: Any) -> bool:
    """Saves changed rows and voids those ticked, in one transaction."""
    forms = [form for form in forms if form.add_prefix("revision") in form.data]
    with transaction.atomic():
        locked(pledge)
        dropped = [form for form in forms if form.instance.pk and form.data.get(form.add_prefix("drop"))]
        if not save_grid([form for form in forms if form not in dropped]):
            return False
        for form in dropped:
            void(form.instance, user, "사업담당에서 뺌")
    return True


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def secured(request: HttpRequest, number: str) -> HttpResponse:
    """확보액 by year and source, one grid with one edit version."""
    pledge = pledge_at(request, number)
    rows = list(pledge.secured.live())
    form = SecuredForm(request.POST or None, pledge=pledge, rows=rows, version=version_of(rows))
    if request.method == "POST" and form.is_valid():
        try:
            save_secured(pledge, form.cells, form.cleaned_data["version"], request.user)
        except Conflict:
            form.tell_conflict(version_of(pledge.secured.live()))
        else:
            messages.success(request, "확보액을 저장했습니다.")
            return redirect(address("secured", pledge))
    return page(request, "secured", pledge, "secured", form=form, changes=changes(*pledge.secured.all()))


@allow("add_pledge")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new pledge of the term in the address."""
    term = asked(request).term
    form = NewPledgeForm(request.POST or None, term=term)
    if request.method == "POST" and form.saves():
        messages.success(request, f"공약 {form.instance}을(를) 등록했습니다. 나머지 항목을 이어서 적습니다.")
        return redirect(address("edit", form.instance))
    return render(request, "pledges/edit/new.html", {"form": form, "term": term})
