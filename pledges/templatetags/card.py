"""How the card's parts are written on the page: checkboxes, unknown counts, adjusted cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.money import cell as money_text
from common.money import signed
from documents.cells import MARK, adjusted_note
from pledges.card.model import (
    Card,
    ExecutionRow,
    IndicatorPart,
    LogRow,
    RegisterColumn,
    RegisterPart,
    SectionPart,
    SupportProgram,
    SupportRow,
)
from pledges.entered import printed_target
from pledges.models import SectionKind, Status
from pledges.records import record_line

register = template.Library()

UNKNOWN = "집계 불가"
SOURCE_NAMES = {"total": "총 계", "national": "국 비", "city": "시 비", "district": "구 비", "other": "기 타"}
# 보류·폐기 stand on the form only where they are ticked (DOMAIN §8).
USUAL = (Status.DONE, Status.CONTINUING, Status.ON_TRACK, Status.PARTIAL)


def box(ticked: bool, label: str) -> SafeString:
    """A box with its label, which the end of a line does not part."""
    return format_html('<span class="nowrap">{} {}</span>', "☑" if ticked else "☐", label)


@register.simple_tag
def tick(value: bool, wanted: bool, label: str) -> SafeString:
    return box(bool(value) == bool(wanted), label)


@register.simple_tag
def ticks(options: str, chosen: str) -> SafeString:
    """Boxes for the words of ``options``; a chosen word that is not among them is added, ticked."""
    return boxes(options.split(), chosen)


@register.simple_tag
def ticks_of(options: str, chosen: str) -> SafeString:
    return boxes(options.split("|"), chosen)


@register.simple_tag
def ticks_in(options: str, chosen: tuple[str, ...]) -> SafeString:
    return boxes(options.split(), *chosen)


def boxes(options: list[str], *chosen: str) -> SafeString:
    shown = [*options, *(word for word in chosen if word and word not in options)]
    return format_html_join(" ", "{}", ((box(option in chosen, option),) for option in shown))


@register.simple_tag
def status_ticks(chosen: str) -> SafeString:
    return boxes([str(status.label) for status in USUAL], chosen)


@register.filter
def known(value: int | None) -> str:
    """A count; None is not known (a day before the opening)."""
    return UNKNOWN if value is None else f"{value:,}"


@register.filter
def plain(value: Decimal) -> str:
    """A result: 0 is ``0``, never ``-`` (which says that there is no target)."""
    return signed(value)


@register.filter
def cell(value: Decimal | int | None) -> str:
    return money_text(value)


@register.filter
def month(day: date) -> str:
    return f"{day.year}. {day.month}."


@register.filter
def source_name(source: str) -> str:
    return SOURCE_NAMES[source]


@dataclass(frozen=True)
class Group:
    name: str
    columns: tuple[RegisterColumn, ...]

    @property
    def total(self) -> int | None:
        counts = [column.count for column in self.columns]
        return None if None in counts else sum(count for count in counts if count is not None)


@register.filter
def register_groups(table: RegisterPart) -> list[Group]:
    """The two-tier head: kinds of one group stand together under its name."""
    found: dict[tuple[str, str], list[RegisterColumn]] = {}
    for column in table.columns:
        key = (column.group_code or column.code, column.group_name or column.name)
        found.setdefault(key, []).append(column)
    return [Group(name, tuple(columns)) for (_, name), columns in found.items()]


@register.filter
def has_plan(row: SupportRow) -> bool:
    return any(program.planned_amount is not None or program.note for program in row.programs)


@register.filter
def tenants_total(spaces: tuple[Any, ...]) -> int | None:
    counts = [space.tenants for space in spaces]
    return None if None in counts else sum(counts)


@register.filter
def target_years(card: Card) -> list[int]:
    return sorted({year for row in card.indicators for year in row.annual_targets})


@register.filter
def closing_sections(card: Card) -> list[tuple[list[SectionPart], str, int]]:
    """향후계획, 협력사항, 기대효과 with their numbers, then what has a name of its own."""
    found = []
    for kind in (SectionKind.FUTURE, SectionKind.COOPERATION, SectionKind.EFFECT):
        sections = [section for section in card.sections if section.kind == kind]
        found.append((sections, str(kind.label), card.section_numbers[kind.value]))
    last = max(card.section_numbers.values())
    others = [section for section in card.sections if section.kind == SectionKind.OTHER]
    return found + [([section], section.title, last + no) for no, section in enumerate(others, start=1)]


@register.simple_tag
def money_cell(card: Card, row: ExecutionRow, column: Any, asked: Any = None) -> SafeString:
    """A cell of the execution table, opening its working; an adjusted one is starred and shows its exact won."""
    value = row.by_year[column] if isinstance(column, int) else getattr(row, column)
    if value is None:
        return format_html('<td class="num">{}</td>', _opened(card, row, column, asked, UNKNOWN))
    name = {"after_term": "임기 후"}.get(str(column), str(column))
    for adjusted in card.execution.adjusted:
        if (adjusted.source, adjusted.column) == (row.source, name):
            words = _opened(card, row, column, asked, starred(money_text(value), adjusted.won))
            return format_html('<td class="num adjusted">{}</td>', words)
    return format_html('<td class="num">{}</td>', _opened(card, row, column, asked, money_text(value)))


def starred(words: str, won: int | None) -> SafeString:
    """A printed figure; one that was adjusted so that its table foots is marked and says its exact ``won``."""
    if won is None:
        return format_html("{}", words)
    return format_html('<abbr title="{}">{}{}</abbr>', adjusted_note(won), words, MARK)


@register.filter
def amount(program: SupportProgram) -> SafeString:
    """지원액 of a programme as printed."""
    return starred(money_text(program.amount), program.exact)


def _opened(card: Card, row: ExecutionRow, column: Any, asked: Any, words: str) -> SafeString:
    """``words`` as a link to the working of the cell: its column and source."""
    if not asked:
        return format_html("{}", words)
    query = {"column": {"after_term": "after"}.get(str(column), str(column)), "source": row.source}
    chosen = {name: value for name, value in query.items() if value != "total"}
    address = reverse("pledges:money_why", args=[card.header.number])
    return format_html('<a href="{}?{}&{}">{}</a>', address, asked.query, urlencode(chosen), words)


@register.simple_tag
def typed_cell(card: Card, asked: Any, of: str, source: str) -> SafeString:
    """A cell of 총사업비 (``cost``) or 확보액 (``secured``), opening who typed it."""
    row = getattr(card, of)
    address = reverse("pledges:cost_why", args=[card.header.number])
    query = urlencode({"of": of, "source": source})
    return _figure(getattr(row, source), f"{address}?{asked.query}&{query}", row.exact.get(source))


@register.simple_tag
def target_cell(
    card: Card, asked: Any, row: IndicatorPart, year: int | None = None, quarter: int | None = None
) -> SafeString:
    """A target of the term, a year or a quarter, opening its versions; ``-`` is no target."""
    value = printed_target(row, year, quarter)
    if value is None:
        return format_html("{}", "-")
    period = {name: given for name, given in (("year", year), ("quarter", quarter)) if given}
    address = reverse("pledges:target_why", args=[card.header.number, row.no])
    query = "&".join(filter(None, (asked.query, urlencode(period))))
    return format_html('<a href="{}?{}">{}</a>', address, query, signed(value))


def _figure(value: Any, address: str, won: int | None = None) -> SafeString:
    """A money cell as a link; nothing to open where it is ``-``. ``won``: exact, where the cell is adjusted."""
    words = starred(money_text(value), won)
    return format_html('<a href="{}">{}</a>', address, words) if value else words


ADDRESSES = {
    "disbursement": "subsidies:disbursement_detail",
    "entrustment": "subsidies:entrustment_detail",
    "servicecontract": "subsidies:contract_detail",
    "marketevent": "markets:event",
}


@register.simple_tag
def log_detail(row: LogRow) -> SafeString:
    """The sentence; where a record brought it, it leads there."""
    kind, _, pk = row.ref.partition(":")
    if kind not in ADDRESSES:
        return format_html("{}", row.detail)
    return format_html('<a href="{}">{}</a>', reverse(ADDRESSES[kind], args=[pk]), row.detail)


@register.simple_tag
def operand_link(pledge: Any, asked: Any, part: Any, operand: Any) -> SafeString:
    """Where an operand can be seen: openings and results on their pages, counted ones in the list below."""
    kind = operand.ref.partition(":")[0]
    query = f"?term={pledge.term.name}"
    if kind == "indicatoropening":
        return format_html(
            '<a href="{}{}">도입 전 누계</a>', reverse("pledges:openings", args=[pledge.number]), query
        )
    if kind == "result":
        address = reverse("pledges:results", args=[pledge.number])
        return format_html('<a href="{}{}&year={}">실적 입력</a>', address, query, operand.last.year)
    return format_html("{}", "아래 기록" if operand.kind == "집계" else "")


@register.simple_tag
def record_link(row: Any) -> SafeString:
    """One record of a derivation with its address."""
    words, address = record_line(row)
    return format_html('<a href="{}">{}</a>', address, words)
