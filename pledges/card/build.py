"""Making the card of a pledge as of a day from the registers, the ledger and the pledge's own text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from accounts.models import Office
from common.outline import read_outline
from common.periods import Quarter
from pledges.card import blocks, schedule
from pledges.card.achieved import indicator_part, total_part
from pledges.card.model import (
    Card,
    EngagementRow,
    ExecutionPart,
    Finding,
    Header,
    Line,
    OfficerPart,
    SectionPart,
)
from pledges.card.money import cost_row, execution_part, secured_row
from pledges.execution import Execution, executions
from pledges.figures import PledgeFigures, pledge_figures
from pledges.models import ClosedCard, Pledge, Status
from pledges.reconciling import footnotes
from pledges.then import each_as_it_stood

# Section numbers of the office's form; a pledge may set its own.
SECTION_NUMBERS = {
    "present": 1,
    "plan": 2,
    "indicators": 5,
    "results": 6,
    "future": 7,
    "cooperation": 8,
    "effect": 9,
}


def build_card(pledge: Pledge, as_of: date) -> Card:
    """The card at the end of ``as_of``: as it was closed if a closed quarter ends that day, else computed."""
    return build_cards([pledge], as_of)[0]


def build_cards(pledges: Sequence[Pledge], as_of: date) -> list[Card]:
    """Cards of one term's pledges; the figures and the money of all are fetched together."""
    cards = closed_cards(pledges, as_of)
    open_ones = [pledge for pledge in pledges if pledge.pk not in cards]

    def load(mine: Sequence[Pledge], _: Sequence[date]) -> None:
        cards.update(zip((pledge.pk for pledge in mine), compute_cards(mine, as_of), strict=True))

    each_as_it_stood(open_ones, [as_of], load)
    return [cards[pledge.pk] for pledge in pledges]


def compute_cards(pledges: Sequence[Pledge], as_of: date, without: Quarter | None = None) -> list[Card]:
    """The cards as the records say, whatever was closed on that day; ``without`` takes up one closed quarter."""
    figures = {found.pledge.pk: found for found in pledge_figures(pledges, as_of, without)}
    money = executions(pledges, as_of)
    return [_card(p, as_of, figures[p.pk], money[p.pk]) for p in pledges]


def closed_cards(pledges: Iterable[Pledge], as_of: date) -> dict[int, Card]:
    """The latest approved version of each card whose closed quarter ends on ``as_of`` (DOMAIN §3.15)."""
    quarter = Quarter.of(as_of)
    if quarter.last_day != as_of:
        return {}
    rows = ClosedCard.objects.filter(
        pledge__in=pledges, closing__year=quarter.year, closing__quarter=quarter.number
    ).order_by("closing__version")
    return {row.pledge_id: Card.model_validate_json(row.content) for row in rows}


def printed_execution(pledge: Pledge, as_of: date, execution: Execution) -> ExecutionPart:
    """``execution`` as the day's card prints it: as it was closed if a closed quarter ends that day."""
    closed = closed_cards([pledge], as_of).get(pledge.pk)
    return closed.execution if closed else execution_part(pledge, execution)


def _card(pledge: Pledge, as_of: date, figures: PledgeFigures, execution: Execution) -> Card:
    term, places = pledge.term, pledge.term.decimals
    return Card(
        header=_header(pledge),
        as_of=as_of,
        cost=cost_row(pledge),
        secured=secured_row(pledge),
        register_table=blocks.register_part(as_of) if pledge.shows_register else None,
        center=blocks.center_part(pledge),
        support=blocks.support_rows(pledge, as_of),
        committee=blocks.committee_part(pledge, as_of),
        spaces=blocks.space_parts(pledge, as_of),
        sections=_sections(pledge),
        programs=blocks.program_parts(pledge),
        indicators=tuple(indicator_part(figure, figures.overall, places) for figure in figures.indicators),
        overall=total_part(figures.overall, term.caps_at_100, places),
        progress=total_part(figures.progress, term.caps_at_100, places),
        decimals=places,
        execution=execution_part(pledge, execution),
        schedule=schedule.log_rows(pledge, as_of),
        engagement=_engagement(pledge, as_of),
        officers=tuple(
            OfficerPart(role=officer.role, name=officer.name, phone=officer.phone)
            for officer in pledge.officers.all()
            if not officer.is_void
        ),
        section_numbers=SECTION_NUMBERS | pledge.section_numbers,
        findings=_findings(pledge),
        footnotes=tuple(footnotes(pledge, as_of)),
    )


def _header(pledge: Pledge) -> Header:
    office = Office.current()
    status = pledge.status_words or (Status(pledge.status).label if pledge.status else "")
    return Header(
        number=pledge.number,
        title=pledge.title,
        term=pledge.term.name,
        term_from=pledge.term.starts_on,
        term_to=pledge.term.ends_on,
        goal=str(pledge.goal),
        department=pledge.department.name if pledge.department else "",
        nature=pledge.nature,
        completion=pledge.completion,
        period=pledge.period,
        help_needed=pledge.central_help_needed,
        help_kinds=tuple(pledge.central_help),
        host=pledge.host or office.host_label,
        status=str(status),
        summary=pledge.summary,
        confirmed_plan=pledge.confirmed_plan,
        social_economy=office.word("social_economy"),
    )


def outline(text: str) -> tuple[Line, ...]:
    """The lines of an outline as parts of the card."""
    return tuple(Line(level=line.level, marker=line.marker, text=line.text) for line in read_outline(text))


def _sections(pledge: Pledge) -> tuple[SectionPart, ...]:
    return tuple(
        SectionPart(
            kind=section.kind,
            heading=section.heading,
            title=section.title,
            lines=outline(section.body),
            shows_programs=section.shows_programs,
        )
        for section in pledge.sections.all()
        if not section.is_void
    )


def _engagement(pledge: Pledge, as_of: date) -> tuple[EngagementRow, ...]:
    return tuple(
        EngagementRow(no=row.no, date_text=row.date_text, day=row.starts_on, kind=row.kind, detail=row.detail)
        for row in pledge.engagements.live().up_to(as_of)
    )


def _findings(pledge: Pledge) -> tuple[Finding, ...]:
    notes = pledge.document_notes.live().filter(kind="differs")
    return tuple(Finding(where=n.place, printed=n.printed, computed=n.computed) for n in notes)
