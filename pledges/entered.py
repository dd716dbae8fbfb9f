"""How a figure on the card that somebody typed came there: 총사업비, 확보액, targets, weights (issue 4).

Nothing is computed but sums; each says who typed it, what stood before, and what it is divided into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from common.fields import plain
from common.money import signed
from common.periods import korean_date
from pledges.achievement import plain as trimmed
from pledges.card import Card
from pledges.card.model import IndicatorPart, MoneyRow
from pledges.card.money import cost_row, secured_row
from pledges.derivations import Derivation, Earlier, Line, Number, Operand, writers, written_by
from pledges.models import Aggregation, Indicator, Pledge, SecuredFunds, Target
from pledges.target_checks import made_of
from pledges.targets import in_force
from subsidies.models import SOURCES, Source

TYPED = "계산한 값이 아니라 입력한 값입니다"
EARLIER = "입력한 값의 이력"
TOTAL = "total"


def money_name(source: str) -> str:
    return "계" if source == TOTAL else str(Source(source).label)


def cost(pledge: Pledge, card: Card, source: str, address: Callable[[str], str]) -> Derivation:
    """총사업비 of one source, or of all (``total``): the wording whose figures the card prints."""
    names = SOURCES if source == TOTAL else (source,)
    wordings = list(pledge.history.select_related("history_user").order_by("history_date", "history_id"))
    stood = _printed_wording(pledge, card, wordings)

    def won(row: Any) -> int:
        return sum(getattr(row, f"cost_{name}") for name in names)

    return Derivation(
        title=f"총사업비 {money_name(source)}",
        unit="원",
        rule=f"{TYPED}(머리글). 계는 국비·시비·구비·기타의 합입니다",
        as_of=card.as_of,
        value=won(stood),
        operands=tuple(
            Operand(money_name(name), own=getattr(stood, f"cost_{name}"), url=address(name)) for name in names
        )
        if source == TOTAL
        else (Operand("입력한 값", (_typed_cost(pledge, won(stood), wordings, won),)),),
        earlier=_changed(wordings, won, lambda row: row.history_change_reason or ""),
        earlier_title=EARLIER,
        key=f"cost-{source}",
        basis="공약카드 머리글에 입력한 값",
        printed=_printed(card.cost, source),
        told=()
        if won(stood) == won(pledge)
        else (f"마감한 뒤에 바뀌어 지금은 {signed(won(pledge))}원입니다",),
    )


def _printed_wording(pledge: Pledge, card: Card, wordings: Sequence[Any]) -> Any:
    """The pledge as it is, or the last of its wordings whose 총사업비 a closed card prints."""
    if cost_row(pledge) == card.cost:
        return pledge
    return next((row for row in reversed(wordings) if cost_row(row) == card.cost), pledge)


def _typed_cost(pledge: Pledge, won: int, wordings: Sequence[Any], of: Callable[[Any], int]) -> Line:
    """Who typed the figure, with the card, which everybody may open: of its wordings the first of the last run."""
    by, before = "", None
    for row in wordings:
        if of(row) == won and before != won:
            by = written_by(row)
        before = of(row)
    page = f"{reverse('pledges:card', args=[pledge.number])}?{urlencode({'term': pledge.term.name})}"
    return Line("머리글의 총사업비", page, won, by)


def _changed(
    wordings: Iterable[Any], of: Callable[[Any], Number | None], why: Callable[[Any], str]
) -> tuple[Earlier, ...]:
    """Each value that stood, newest first; what left the value as it was is left out."""
    found: list[Earlier] = []
    for row in wordings:
        value = of(row)
        said = "-" if value is None else signed(value)
        if not found or found[0].value != said:
            found.insert(0, Earlier("", written_by(row), said, why(row)))
    return tuple(found)


def _printed(row: MoneyRow | None, source: str) -> str:
    return "" if row is None else f"{signed(getattr(row, source))}{row.unit}"


def secured(pledge: Pledge, card: Card, source: str, address: Callable[[str], str]) -> Derivation:
    """확보액 of one source, or of all: the rows by year."""
    rows = [row for row in pledge.secured.live().order_by("year", "pk") if source in (TOTAL, row.source)]
    if source == TOTAL:
        sums = {name: sum(row.amount for row in rows if row.source == name) for name in SOURCES}
        operands = tuple(Operand(money_name(n), own=won, url=address(n)) for n, won in sums.items())
    else:
        operands = (Operand("연도별 확보액", _secured_lines(pledge, rows)),)
    history = SecuredFunds.history.filter(pledge_id=pledge.pk).select_related("history_user")
    wordings = history.order_by("-history_date", "-history_id")
    if source != TOTAL:
        wordings = wordings.filter(source=source)
    return Derivation(
        title=f"확보액 {money_name(source)}",
        unit="원",
        rule=f"{TYPED}(확보액). 계는 연도와 재원의 합입니다",
        as_of=card.as_of,
        value=sum(row.amount for row in rows),
        operands=operands,
        earlier=tuple(
            Earlier(
                f"{row.year}년",
                written_by(row),
                f"{money_name(row.source)} {signed(row.amount)}",
                row.void_reason or row.note,
            )
            for row in wordings[:50]
        ),
        earlier_title=EARLIER,
        key=f"secured-{source}",
        basis="확보액에 입력한 값",
        printed=_printed(card.secured, source),
        told=_secured_since(pledge, card),
    )


def _secured_since(pledge: Pledge, card: Card) -> tuple[str, ...]:
    same = secured_row(pledge) == card.secured
    return () if same else ("마감한 뒤에 확보액이 바뀌어 카드에 적힌 값과 다릅니다",)


def _secured_lines(pledge: Pledge, rows: Sequence[SecuredFunds]) -> tuple[Line, ...]:
    by = writers(rows)
    page = f"{reverse('pledges:secured', args=[pledge.number])}?{urlencode({'term': pledge.term.name})}"
    return tuple(
        Line(f"{row.year}년 {row.note}".strip(), page, row.amount, by.get(row.pk, "")) for row in rows
    )


def period_name(year: int | None, quarter: int | None) -> str:
    when = "임기" if year is None else f"{year}년"
    return f"{when}{f' {quarter}분기' if quarter else ''} 목표"


def target(
    pledge: Pledge, card: Card, part: IndicatorPart, year: int | None, quarter: int | None
) -> Derivation:
    """A target as the card prints it: the version in force, the versions before, the periods it is divided into."""
    rows = list(Target.objects.live().filter(indicator=part.pk, year=year, quarter=quarter))
    found = in_force(rows, min(card.as_of, card.header.term_to)) if rows else None
    value, by = printed_target(part, year, quarter), writers(rows)
    page = f"{reverse('pledges:targets', args=[pledge.number])}?{urlencode({'term': pledge.term.name})}"
    same = found is not None and found.value == value
    label = f"{korean_date(found.valid_from)}부터의 목표" if found and same else "마감할 때의 목표"
    who = by.get(found.pk, "") if found and same else ""
    return Derivation(
        title=f"{part.no}. {part.name} {period_name(year, quarter)}",
        unit=part.unit,
        rule=f"{TYPED}(목표). {DIVIDED[part.aggregation == Aggregation.LEVEL]}",
        as_of=card.as_of,
        value=value,
        operands=(Operand("입력한 값", (Line(label, page, value or 0, who),)),),
        earlier=tuple(
            _version(row, by) for row in sorted(rows, key=lambda r: (r.valid_from, r.pk), reverse=True)
        ),
        earlier_title="목표의 판",
        key=f"target-{part.no}",
        basis=f"{label}, 입력한 값",
        parts=divided(part, year, quarter),
        told=_mismatch(part, year, quarter),
    )


DIVIDED = {
    True: "상태를 세는 지표라 마지막 기간의 목표가 전체의 목표입니다",
    False: "분기의 목표를 더하면 그해, 해의 목표를 더하면 임기의 목표입니다",
}


def printed_target(part: IndicatorPart, year: int | None, quarter: int | None) -> Number | None:
    if year is None:
        return part.term_target
    if quarter is None:
        return part.annual_targets.get(year)
    return part.quarter_targets.get(year, (None,) * 4)[quarter - 1]


def _version(row: Target, by: dict[int, str]) -> Earlier:
    said = "-" if row.value is None else signed(trimmed(row.value))
    days = [f"{name} {korean_date(day)}" for name, day in _dated(row) if day]
    return Earlier(
        korean_date(row.valid_from),
        by.get(row.pk, "-"),
        said,
        " · ".join(filter(None, (row.reason, row.ground, *days))),
    )


def _dated(row: Target) -> tuple[tuple[str, Any], ...]:
    return ("주민배심원", row.panel_on), ("공고", row.notice_on)


def divided(part: IndicatorPart, year: int | None, quarter: int | None) -> tuple[Operand, ...]:
    """The targets below one: a term's years, a year's quarters."""
    if quarter is not None:
        return ()
    if year is None:
        found = [(f"{one}년", value) for one, value in part.annual_targets.items()]
    else:
        quarters = part.quarter_targets.get(year, ())
        found = [(f"{number}분기", value) for number, value in enumerate(quarters, start=1)]
    return tuple(Operand(label, own=value) for label, value in found if value is not None)


def _mismatch(part: IndicatorPart, year: int | None, quarter: int | None) -> tuple[str, ...]:
    values = [Decimal(operand.value) for operand in divided(part, year, quarter)]
    whole = printed_target(part, year, quarter)
    made = made_of(values, part.aggregation == Aggregation.LEVEL)
    if made is None or made == whole:
        return ()
    return (f"나눈 목표로는 {plain(made)}이어서 맞지 않습니다. 대사에 나옵니다.",)


def weight(pledge: Pledge, card: Card, part: IndicatorPart) -> Derivation:
    """대비비율 of an indicator, beside those of the others, which make 100 together."""
    records = Indicator.history.filter(id=part.pk).select_related("history_user")
    wordings = list(records.order_by("history_date", "history_id"))
    page = f"{reverse('pledges:indicators', args=[pledge.number])}?{urlencode({'term': pledge.term.name})}"
    earlier = _changed(
        wordings,
        lambda row: None if row.weight is None else trimmed(row.weight),
        lambda row: row.history_change_reason or "",
    )
    value = part.weight
    by = next((row.by for row in earlier if value is not None and row.value == signed(value)), "")
    others = tuple(
        Operand(f"{other.no}. {other.name}", own=other.weight) for other in card.indicators if other.weight
    )
    total = sum(other.value for other in others)
    return Derivation(
        title=f"{part.no}. {part.name} 전체사업 대비비율",
        unit="%",
        rule=f"{TYPED}(확인지표). 지표들의 대비비율을 더하면 100이어야 총 이행률을 냅니다(지금 {plain(total)})",
        as_of=card.as_of,
        value=value,
        operands=(Operand("입력한 값", (Line("확인지표의 대비비율", page, value or 0, by),)),),
        earlier=earlier,
        earlier_title=EARLIER,
        key=f"weight-{part.no}",
        basis="확인지표에 입력한 값",
        parts=others,
    )


def center_staff(pledge: Pledge, card: Card) -> Derivation | None:
    """인원 of the support centre as the card prints it; None where it prints none."""
    center = pledge.center
    if center is None or card.center is None or card.center.staff is None:
        return None
    wordings = list(center.history.select_related("history_user").order_by("history_date", "history_id"))
    earlier = _changed(wordings, lambda row: row.staff, lambda row: row.history_change_reason or "")
    value = card.center.staff
    by = next((row.by for row in earlier if row.value == signed(value)), "")
    line = Line(f"{card.center.name} 인원", reverse("enterprises:centers"), value, by)
    return Derivation(
        title=f"{card.center.name} 인원",
        unit="명",
        rule=f"{TYPED}(지원센터)",
        as_of=card.as_of,
        value=value,
        operands=(Operand("입력한 값", (line,)),),
        earlier=earlier,
        earlier_title=EARLIER,
        key="center",
        basis="지원센터에 입력한 값",
        told=() if center.staff == value else (f"마감한 뒤에 바뀌어 지금은 {center.staff}명입니다",),
    )
