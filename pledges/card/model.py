"""The card as data: printed figures, already rounded and footed, with what each was made from.

A ``None`` amount or count is 집계 불가 (before the opening) unless its field says otherwise; a ``None``
target is the printed ``-``. Rates are strings with their printed decimals.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


# A JSON number: whole where it can be, else with its decimals.
Number = Annotated[Decimal, PlainSerializer(_number, when_used="json")]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Line(Part):
    """A line of an outline."""

    level: int
    marker: str
    text: str


class SectionPart(Part):
    """A narrative section; ``kind`` is a ``SectionKind``."""

    kind: str
    heading: str
    title: str
    lines: tuple[Line, ...]
    shows_programs: bool = False


class MoneyRow(Part):
    """총사업비 or 확보액 by source, in the unit named; ``exact``: the won of what is adjusted so that it foots."""

    unit: str
    total: Number
    national: Number
    city: Number
    district: Number
    other: Number
    exact: dict[str, int] = {}


class Header(Part):
    number: str
    title: str
    term: str
    term_from: date
    term_to: date
    goal: str
    department: str
    nature: str
    completion: str
    period: str
    help_needed: bool
    help_kinds: tuple[str, ...]
    host: str
    status: str
    summary: str
    confirmed_plan: bool
    # The office's word for 사회적경제: policy language changes (DOMAIN §2).
    social_economy: str = "사회적경제"


class RegisterColumn(Part):
    """One kind of enterprise: printed count, and how the opening is itemised."""

    code: str
    name: str
    group_code: str
    group_name: str
    count: int | None
    known: int
    remaining: int = 0
    excess: int = 0


class RegisterPart(Part):
    as_of: date
    total: int | None
    distinct: int
    columns: tuple[RegisterColumn, ...]


class SupportProgram(Part):
    """One programme in the support table; amounts in the table's unit, ``exact`` won where it is adjusted."""

    name: str
    split: str
    enterprises: int | None
    headcount: int | None
    amount: Number | None
    planned_amount: Number | None
    note: str
    counts_people: bool = True
    unknown: bool = False
    exact: int | None = None


class SupportRow(Part):
    year: int
    unit: str
    enterprises: int | None
    headcount: int | None
    amount: Number | None
    distinct: int | None
    programs: tuple[SupportProgram, ...]


class CommitteePart(Part):
    name: str
    members: int | None
    term_years: int
    renewals: int
    functions: str
    meets: str


class SpacePart(Part):
    name: str
    address: str
    area_m2: Number | None
    dong: str
    tenants: int | None
    opened: date | None


class CenterPart(Part):
    name: str
    role: str
    staff: int | None
    organisation: str
    address: str


class ProgramPart(Part):
    name: str
    host: str
    content: tuple[Line, ...]


class Operand(Part):
    """One part of a value: 도입 전 누계, 기록, 집계 or 마감, its days and the records it opens to."""

    kind: str
    value: Number
    first: date | None
    last: date
    counted: Number | None
    ref: str = ""


class IndicatorPart(Part):
    """A row of the indicator tables. ``value`` None: not known; ``known`` is what the records show."""

    pk: int
    no: int
    plan: str
    name: str
    unit: str
    aggregation: str
    rule: str
    weight: Number | None
    term_target: Number | None
    annual_targets: dict[int, Number | None]
    quarter_targets: dict[int, tuple[Number | None, ...]]
    value: Number | None
    known: Number
    parts: tuple[Operand, ...]
    rate: str | None
    contribution: str | None
    ended_target: Number | None
    progress: str | None
    note: str = ""


class Total(Part):
    """A weighted total: printed rate, the uncapped one where it differs, and why there is none."""

    rate: str | None
    uncapped: str | None
    why_none: str
    left_out: tuple[int, ...]
    capped: bool


class ExecutionRow(Part):
    """One source (or ``total``) of the execution table, in its unit. None: not known."""

    source: str
    total: Number | None
    in_term: Number | None
    by_year: dict[int, Number | None]
    after_term: Number | None


class Adjusted(Part):
    """A cell printed beside its nearest figure so that the table foots, with its exact won."""

    source: str
    column: str
    won: int


class ExecutionPart(Part):
    unit: str
    basis: str
    rows: tuple[ExecutionRow, ...]
    adjusted: tuple[Adjusted, ...]
    opening_on: date | None


class LogRow(Part):
    """A row of 추진실적(일정별). ``ref`` names the record it came from (``disbursement:12``)."""

    no: int
    date_text: str
    day: date
    title: str
    detail: str
    ref: str = ""


class EngagementRow(Part):
    no: int
    date_text: str
    day: date
    kind: str
    detail: str


class OfficerPart(Part):
    role: str
    name: str
    phone: str


class Finding(Part):
    """A printed figure of the document that differs from the computed one."""

    where: str
    printed: str
    computed: str


class ClosingMark(Part):
    """Which closing a frozen card belongs to."""

    year: int
    quarter: int
    version: int
    closed_on: date


class Card(Part):
    """The whole card as of the end of ``as_of``."""

    header: Header
    as_of: date
    cost: MoneyRow
    secured: MoneyRow | None
    register_table: RegisterPart | None
    center: CenterPart | None
    support: tuple[SupportRow, ...]
    committee: CommitteePart | None
    spaces: tuple[SpacePart, ...]
    sections: tuple[SectionPart, ...]
    programs: tuple[ProgramPart, ...]
    indicators: tuple[IndicatorPart, ...]
    overall: Total
    progress: Total
    decimals: int
    execution: ExecutionPart
    schedule: tuple[LogRow, ...]
    engagement: tuple[EngagementRow, ...]
    officers: tuple[OfficerPart, ...]
    section_numbers: dict[str, int]
    findings: tuple[Finding, ...] = ()
    closing: ClosingMark | None = None
    # Explanations of what does not add up that the office chose to print below (대사).
    footnotes: tuple[str, ...] = ()
