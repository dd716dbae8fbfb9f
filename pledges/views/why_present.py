"""왜 …? — the working of the counts of section 1: enterprises by kind, tenants, members, 지원현황; and of the cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.fields import plain
from common.money import signed
from enterprises import register
from enterprises.models import Space
from enterprises.register import KindLine, RegisterTable
from pledges import derivations, support_derivations
from pledges.card import build_card
from pledges.card.model import SpacePart, SupportRow
from pledges.derivations import Derivation, Operand
from pledges.models import Pledge
from pledges.selection import Asked, as_it_stood, asked, pledge_numbered
from subsidies.support import SupportYear, support_table

KINDS_RULE = "그날 유효한 유형·자격을 만료일·종료일까지 셉니다. 한 기업이 여러 유형이면 유형마다 셉니다"


def _page(
    request: HttpRequest, question: Asked, pledge: Pledge, title: str, found: Iterable[Derivation]
) -> HttpResponse:
    context = {"asked": question, "pledge": pledge, "title": title, "derivations": list(found)}
    return render(request, "pledges/why_count.html", context)


def _asked_pledge(request: HttpRequest, number: str, *also: str) -> tuple[Asked, Pledge]:
    question = asked(request, *also)
    return question, pledge_numbered(question.term, number)


@require_safe
@allow("view")
@as_it_stood
def register_why(request: HttpRequest, number: str) -> HttpResponse:
    """기업 수: the plain sum of the kinds, each with its own page."""
    question, pledge = _asked_pledge(request, number)
    table = register.register_table(question.as_of)
    card = build_card(pledge, question.as_of)
    distinct = card.register_table.distinct if card.register_table else table.distinct
    return _page(request, question, pledge, "기업 수", [kinds_sum(table, distinct, pledge, question)])


def kinds_sum(table: RegisterTable, distinct: int, pledge: Pledge, question: Asked) -> Derivation:
    return Derivation(
        title="관내 사회적경제기업 수",
        unit="개소",
        rule="유형별 수를 그대로 더합니다(여러 유형인 기업은 유형마다)",
        as_of=question.as_of,
        value=table.total,
        operands=_kind_operands(table.lines, pledge, question),
        told=(f"명부에 이름이 등록된 기업은 여러 유형이어도 한 번씩 세면 {distinct:,}개입니다",),
    )


@require_safe
@allow("view")
@as_it_stood
def register_kind_why(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One kind's count, or those of a group of kinds (사회적기업 = 인증 + 예비)."""
    question, pledge = _asked_pledge(request, number)
    table = register.register_table(question.as_of)
    lines = [line for line in table.lines if code in (line.kind.code, line.kind.group_code)]
    if not lines:
        raise Http404(f"‘{code}’ 유형이 없습니다.")
    found = [
        derivations.level(
            register.KINDS,
            line.kind.pk,
            line.kind.name,
            question.as_of,
            derivations.designation_line,
            "개소",
            KINDS_RULE,
        )
        for line in lines
    ]
    sums = [kinds_together(lines, pledge, question)] if len(lines) > 1 else []
    return _page(request, question, pledge, " · ".join(line.kind.name for line in lines), [*sums, *found])


def kinds_together(lines: list[KindLine], pledge: Pledge, question: Asked) -> Derivation:
    """A group of kinds (사회적기업 = 인증 + 예비): the plain sum of its kinds."""
    known = [line.value for line in lines if line.value is not None]
    return Derivation(
        title=lines[0].kind.group_name or lines[0].kind.name,
        unit="개소",
        rule="유형별 수를 그대로 더합니다(여러 유형인 기업은 유형마다)",
        as_of=question.as_of,
        value=sum(known) if len(known) == len(lines) else None,
        operands=_kind_operands(lines, pledge, question),
        key="group",
    )


def _kind_operands(lines: Iterable[KindLine], pledge: Pledge, question: Asked) -> tuple[Operand, ...]:
    def address(code: str) -> str:
        return f"{reverse('pledges:register_kind_why', args=[pledge.number, code])}?{question.query}"

    return tuple(Operand(line.kind.name, own=line.level.known, url=address(line.kind.code)) for line in lines)


@require_safe
@allow("view")
@as_it_stood
def tenants_why(request: HttpRequest, number: str) -> HttpResponse:
    """Tenants of each of the pledge's spaces and their sum; ``?space=`` for one."""
    question, pledge = _asked_pledge(request, number, "space")
    name = request.GET.get("space")
    parts = [part for part in build_card(pledge, question.as_of).spaces if name in (None, part.name)]
    stored = {space.name: space for space in Space.objects.filter(name__in=[part.name for part in parts])}
    if not stored:
        raise Http404("그 입주 공간이 없습니다.")
    spaces = [(stored[part.name], part) for part in parts if part.name in stored]
    rule = "그날 입주해 있는 기업을 만료일까지 셉니다"
    found = [
        derivations.level(
            register.TENANTS,
            space.pk,
            f"{space.name} 입주기업",
            question.as_of,
            derivations.tenancy_line,
            "개",
            rule,
        )
        for space, _ in spaces
    ]
    told = [replace(one, told=_space_told(part)) for one, (_, part) in zip(found, spaces, strict=True)]
    sums = [tenants_sum(told, pledge, question)] if name is None else []
    return _page(request, question, pledge, "입주기업", [*sums, *told])


def _space_told(part: SpacePart) -> tuple[str, ...]:
    return () if part.area_m2 is None else (f"면적 {plain(part.area_m2)}㎡(공간 등록부에 입력한 값)",)


def tenants_sum(found: list[Derivation], pledge: Pledge, question: Asked) -> Derivation:
    """Tenants of all spaces; not known while one is not."""
    base = f"{reverse('pledges:tenants_why', args=[pledge.number])}?{question.query}"
    known = [one.value for one in found if one.value is not None]
    names = [one.title.removesuffix(" 입주기업") for one in found]
    return Derivation(
        title="입주기업",
        unit="개",
        rule="공간마다 센 기업을 더합니다",
        as_of=question.as_of,
        value=sum(known) if len(known) == len(found) else None,
        operands=tuple(
            Operand(name, own=one.known, url=f"{base}&{urlencode({'space': name})}")
            for name, one in zip(names, found, strict=True)
        ),
        told=(f"입주 공간은 {len(found)}개소입니다",),
        key="all",
    )


@require_safe
@allow("view")
@as_it_stood
def members_why(request: HttpRequest, number: str) -> HttpResponse:
    """Members of the pledge's committee."""
    question, pledge = _asked_pledge(request, number)
    if pledge.committee is None:
        raise Http404("이 공약에는 위원회가 없습니다.")
    found = derivations.level(
        register.MEMBERS,
        pledge.committee.pk,
        f"{pledge.committee.name} 위원",
        question.as_of,
        derivations.member_line,
        "명",
        "그날 위촉되어 있는 위원을 임기 만료일·해촉일까지 셉니다",
    )
    return _page(request, question, pledge, "위원수", [found])


@require_safe
@allow("view")
@as_it_stood
def support_why(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """A year of 지원현황; ``?program=`` for one cell, else the sums over the programmes."""
    question, pledge = _asked_pledge(request, number, "program")
    day = min(question.as_of, pledge.term.ends_on)
    rows = support_table(pledge.programs.all(), [year], day) if year in pledge.term.years else []
    if not rows:
        raise Http404(f"{year}년 지원현황이 없습니다.")
    name = request.GET.get("program")
    card = build_card(pledge, question.as_of)
    printed = next((row for row in card.support if row.year == year), None)
    if name is None:
        sums = support_sums(rows[0], pledge, question, printed)
        return _page(request, question, pledge, f"{year}년 지원현황", sums)
    cells = [cell for cell in rows[0].cells if cell.program.name == name]
    if not cells:
        raise Http404(f"{year}년 지원현황에 ‘{name}’ 사업이 없습니다.")
    words = _printed(printed, name)
    found = [one for cell in cells for one in support_derivations.support(cell, year, day, words)]
    return _page(request, question, pledge, f"{year}년 {name}", found)


def _printed(row: SupportRow | None, name: str) -> dict[str, str]:
    """The won of one programme as the card prints them, with their unit."""
    cell = next((cell for cell in row.programs if cell.name == name), None) if row else None
    if row is None or cell is None:
        return {}
    found = {"amount": cell.amount, "planned": cell.planned_amount}
    return {field: f"{signed(value)}{row.unit}" for field, value in found.items() if value is not None}


def support_sums(
    row: SupportYear, pledge: Pledge, question: Asked, printed: SupportRow | None
) -> list[Derivation]:
    """기업수 (중복), 인원 and 지원액 of a year: sums over its programmes, each cell with its own page."""
    base = reverse("pledges:support_why", args=[pledge.number, row.year])
    totals = (("기업수", "개소", "enterprises"), ("인원", "명", "headcount"), ("지원액", "원", "amount"))
    return [
        Derivation(
            title=f"{row.year}년 지원현황 {label}",
            unit=unit,
            rule="사업별 값을 더합니다" + ("(기업수는 중복)" if field == "enterprises" else ""),
            as_of=question.as_of,
            value=getattr(row, field),
            operands=tuple(
                Operand(
                    cell.program.name,
                    own=getattr(cell, field) or 0,
                    url=f"{base}?{question.query}&program={cell.program.name}",
                )
                for cell in row.cells
                if getattr(cell, field) is not None
            ),
            key=field,
            printed=f"{signed(printed.amount)}{printed.unit}"
            if field == "amount" and printed and printed.amount is not None
            else "",
        )
        for label, unit, field in totals
    ]
