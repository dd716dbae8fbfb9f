"""What a card's text says: values as read, each with the line it stands in. Money in won."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pledges.models.pledge import SectionKind

SOURCES = ("national", "city", "district", "other")
TOTAL = "total"
AFTER_TERM = "임기 후"
IN_TERM = "임기 내"
ALL = "계"
Column = int | str


@dataclass(frozen=True)
class Amount:
    """A printed amount: its text, won, and line."""

    text: str
    won: int
    line: int


@dataclass
class ReadTerm:
    name: str
    starts_on: date
    ends_on: date
    line: int = 0


@dataclass
class ReadHeader:
    nature: str = ""
    completion: str = ""
    period: str = ""
    help_needed: bool = False
    help_kinds: list[str] = field(default_factory=list)
    host: str = ""
    status: str = ""
    status_words: str = ""
    department: str = ""
    goal: str = ""
    summary: str = ""
    confirmed_plan: bool = True


@dataclass
class ReadOfficer:
    role: str
    name: str
    phone: str
    line: int


@dataclass
class ReadMoney:
    """One row of money by source: 총사업비, 확보액."""

    unit: str
    line: int
    decimals: int = 0
    total: Amount | None = None
    parts: dict[str, int] = field(default_factory=dict)


@dataclass
class ReadKind:
    """A column of 기업 현황."""

    group: str
    label: str
    count: int
    line: int


@dataclass
class ReadRegister:
    on: date | None
    kinds: list[ReadKind]
    line: int


@dataclass
class ReadCenter:
    name: str
    role: str = ""
    staff: int | None = None
    organisation: str = ""
    address: str = ""
    line: int = 0


@dataclass
class ReadSupportProgram:
    name: str
    counts_people: bool
    line: int


@dataclass
class ReadSupportCell:
    """One programme in one year: what was given (won), or what is planned with its note."""

    enterprises: int | None = None
    headcount: int | None = None
    amount: Amount | None = None
    planned: Amount | None = None
    note: str = ""
    ratio: tuple[Decimal, ...] | None = None

    @property
    def is_opening(self) -> bool:
        return self.enterprises is not None or self.headcount is not None or self.amount is not None


@dataclass
class ReadSupport:
    title: str
    unit: str
    line: int
    decimals: int = 0
    programs: list[ReadSupportProgram] = field(default_factory=list)
    years: dict[int, dict[str, ReadSupportCell]] = field(default_factory=dict)


@dataclass
class ReadCommittee:
    name: str
    members: int | None
    term_years: int
    renewals: int
    functions: str
    meets: str
    line: int


@dataclass
class ReadSpace:
    name: str
    address: str
    area_m2: Decimal | None
    dong: str
    tenants: int | None
    opened_on: date | None
    line: int


@dataclass
class ReadGroup:
    """사업 안내: a programme as the plan describes it; its content an outline."""

    name: str
    host: str
    content: str
    line: int


@dataclass
class ReadSection:
    kind: str
    heading: str
    body: str
    line: int
    shows_programs: bool = False

    @property
    def label(self) -> str:
        """Its own heading, else what the office calls this kind of section."""
        return self.heading or str(SectionKind(self.kind).label)


@dataclass
class ReadIndicator:
    no: int
    name: str
    line: int
    printed_no: int | None = None
    plan: str = ""
    unit: str = ""
    weight: Decimal | None = None
    term_target: Decimal | None = None
    years: dict[int, Decimal | None] = field(default_factory=dict)
    # Targets of several years in one column: they count in sums, but belong to no year.
    unsplit: Decimal = Decimal(0)
    quarters: dict[int, tuple[Decimal | None, ...]] = field(default_factory=dict)
    actual: Decimal | None = None
    rate: Decimal | None = None
    rate_text: str = ""
    note: str = ""
    aggregation: str = ""
    measure: str = ""


@dataclass
class ReadExecution:
    """``years`` as the header names them: ``later`` ones are 임기 후, ``earlier`` ones stand on no card of the term."""

    unit: str
    line: int
    decimals: int = 0
    years: list[int] = field(default_factory=list)
    later: list[int] = field(default_factory=list)
    earlier: list[int] = field(default_factory=list)
    after_is_sum: bool = False
    cells: dict[tuple[str, Column], int] = field(default_factory=dict)
    printed: dict[tuple[str, Column], Amount] = field(default_factory=dict)


@dataclass
class ReadLogRow:
    """A row of the log or of the engagement table (``kind``)."""

    no: int
    date_text: str
    starts_on: date
    ends_on: date | None
    title: str
    detail: str
    line: int
    kind: str = ""


@dataclass
class ReadCard:
    """A card as its document says it."""

    number: str = ""
    title: str = ""
    title_line: int = 0
    term: ReadTerm | None = None
    header: ReadHeader = field(default_factory=ReadHeader)
    cost: ReadMoney | None = None
    secured: ReadMoney | None = None
    officers: list[ReadOfficer] = field(default_factory=list)
    register: ReadRegister | None = None
    center: ReadCenter | None = None
    support: ReadSupport | None = None
    committee: ReadCommittee | None = None
    spaces: list[ReadSpace] = field(default_factory=list)
    groups: list[ReadGroup] = field(default_factory=list)
    sections: list[ReadSection] = field(default_factory=list)
    section_numbers: dict[str, int] = field(default_factory=dict)
    indicators: list[ReadIndicator] = field(default_factory=list)
    # Whether the numbers of the indicator tables count 추진계획, each with several indicators.
    numbers_plans: bool = False
    overall: Decimal | None = None
    overall_text: str = ""
    overall_line: int = 0
    execution: ReadExecution | None = None
    log: list[ReadLogRow] = field(default_factory=list)
    engagement: list[ReadLogRow] = field(default_factory=list)
    as_of: date | None = None
    base_text: str = ""

    @property
    def rate_decimals(self) -> int:
        """Decimals the document prints its rates with."""
        texts = [row.rate_text for row in self.indicators] + [self.overall_text]
        return max((len(text.rpartition(".")[2]) for text in texts if "." in text), default=1)

    @property
    def money_decimals(self) -> int:
        tables = (self.cost, self.execution, self.support)
        return max((table.decimals for table in tables if table), default=0)

    def indicator(self, no: int) -> ReadIndicator | None:
        return next((row for row in self.indicators if row.no == no), None)
