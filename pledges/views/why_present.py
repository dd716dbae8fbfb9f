"""왜 …? — the working of the counts of section 1: enterprises by kind, tenants, members, 지원현황; and of the cost."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.money import signed
from enterprises import register
from enterprises.register import RegisterTable
from pledges import derivations
from pledges.derivations import Derivation, Operand
from pledges.models import Pledge
from pledges.selection import Asked, asked, pledge_numbered
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
def register_why(request: HttpRequest, number: str) -> HttpResponse:
    """기업 수: the plain sum of the kinds, each with its own page."""
    question, pledge = _asked_pledge(request, number)
    table = register.register_table(question.as_of)
    return _page(request, question, pledge, "기업 수", [kinds_sum(table, pledge, question)])


def kinds_sum(table: RegisterTable, pledge: Pledge, question: Asked) -> Derivation:
    def address(code: str) -> str:
        return f"{reverse('pledges:register_kind_why', args=[pledge.number, code])}?{question.query}"

    return Derivation(
        title="관내 사회적경제기업 수",
        unit="개소",
        rule="유형별 수를 그대로 더합니다(여러 유형인 기업은 유형마다)",
        as_of=question.as_of,
        value=table.total,
        operands=tuple(
            Operand(line.kind.name, own=line.level.known, url=address(line.kind.code)) for line in table.lines
        ),
    )


@require_safe
@allow("view")
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
    return _page(request, question, pledge, " · ".join(line.kind.name for line in lines), found)


@require_safe
@allow("view")
def tenants_why(request: HttpRequest, number: str) -> HttpResponse:
    """Tenants of each of the pledge's spaces; ``?space=`` for one."""
    question, pledge = _asked_pledge(request, number, "space")
    name = request.GET.get("space")
    spaces = [s for s in pledge.spaces.all() if not s.is_void and name in (None, s.name)]
    if not spaces:
        raise Http404("그 입주 공간이 없습니다.")
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
        for space in spaces
    ]
    return _page(request, question, pledge, "입주기업", found)


@require_safe
@allow("view")
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
def support_why(request: HttpRequest, number: str, year: int) -> HttpResponse:
    """A year of 지원현황; ``?program=`` for one cell, else the sums over the programmes."""
    question, pledge = _asked_pledge(request, number, "program")
    day = min(question.as_of, pledge.term.ends_on)
    rows = support_table(pledge.programs.all(), [year], day) if year in pledge.term.years else []
    if not rows:
        raise Http404(f"{year}년 지원현황이 없습니다.")
    name = request.GET.get("program")
    if name is None:
        return _page(request, question, pledge, f"{year}년 지원현황", support_sums(rows[0], pledge, question))
    cells = [cell for cell in rows[0].cells if cell.program.name == name]
    if not cells:
        raise Http404(f"{year}년 지원현황에 ‘{name}’ 사업이 없습니다.")
    found = [one for cell in cells for one in derivations.support(cell, year, day)]
    return _page(request, question, pledge, f"{year}년 {name}", found)


def support_sums(row: SupportYear, pledge: Pledge, question: Asked) -> list[Derivation]:
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
        )
        for label, unit, field in totals
    ]


@require_safe
@allow("view")
def cost_why(request: HttpRequest, number: str) -> HttpResponse:
    """총사업비 and 확보액: entered figures, with who entered them and what stood before."""
    question, pledge = _asked_pledge(request, number)
    context = {
        "asked": question,
        "pledge": pledge,
        "secured": pledge.secured.live().order_by("year", "pk"),
        "costs": cost_versions(pledge),
    }
    return render(request, "pledges/why_cost.html", context)


COSTS = ("cost_national", "cost_city", "cost_district", "cost_other")


def cost_versions(pledge: Pledge) -> list[tuple[derivations.Earlier, list[str]]]:
    """Every wording of 총사업비, newest first: who, when, the four sources in won."""
    found: list[tuple[derivations.Earlier, list[str]]] = []
    for record in pledge.history.select_related("history_user").order_by("history_date", "history_id"):
        amounts = [getattr(record, name) for name in COSTS]
        cells = [signed(amount) for amount in amounts]
        if not found or found[0][1] != cells:
            by = derivations.written_by(record)
            found.insert(0, (derivations.Earlier("", by, signed(sum(amounts))), cells))
    return found
