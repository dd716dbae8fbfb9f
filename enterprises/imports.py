"""Importing lists of enterprises: parse (columns) → check → save. A row is an enterprise with one designation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Office
from common.importing import Checked, Doubt, Fault, Kind, Options, Outcome, Row, State, changed
from common.names import business_number_ok
from common.notation import Period
from common.periods import korean_date
from enterprises.columns import COLUMNS, EnterpriseLine
from enterprises.finding import find_firm
from enterprises.held import Held, HeldIndex, changes_of
from enterprises.kinds import Kinds
from enterprises.matching import Firm, Register, same_address
from enterprises.models import Designation, DesignationKind, Enterprise
from enterprises.writing import write

# What a list may tell about an enterprise: heading and field.
TOLD = (
    ("기업명", "name"),
    ("사업자등록번호", "business_number"),
    ("대표자", "representative"),
    ("주소", "address"),
    ("행정동", "dong"),
    ("전화번호", "phone"),
    ("업종", "industry"),
    ("누리집", "homepage"),
)
UNKNOWN_KIND = "유형을 고치거나 파일 전체의 유형을 정해 주십시오(--set 유형=…)."
# 010-1234-5678, 1012345678 (Excel took the zero), +82 10 1234 5678; not 02-1012-3456.
MOBILE = re.compile(r"(?<![\d-])(?:\+?82[\s.)-]*)?0?1[016-9][\s.)-]*\d{3,4}[\s.-]*\d{4}(?!\d)")
GONE = re.compile(r"취소|반납|폐업|해산|해지|휴업|실효|철회|청산")


@dataclass(slots=True)
class Plan:
    """What ``save`` writes: ``told`` is everything the row says of a new firm, or what differs of a known one."""

    firm: Firm
    told: dict[str, Any]
    held: Held | None
    sets: dict[str, Any]


def without_mobiles(phone: str) -> str:
    """What is left of a cell of phone numbers without those of persons."""
    plain = unicodedata.normalize("NFKC", phone)
    if not MOBILE.search(plain):
        return phone
    return re.sub(r"\s*[/,;]\s*(?=[/,;]|$)", "", MOBILE.sub("", plain)).strip(" /,;()")


class Checker:
    """Everything that the rows are compared with, loaded once: three queries."""

    def __init__(self, options: Options) -> None:
        office = Office.current()
        self.options = options
        self.kinds = Kinds()
        self.register = Register()
        self.held = HeldIndex()
        self.closed_through = office.closed_through
        self.mobiles_allowed = office.imports_mobiles
        self.mobiles_dropped = 0
        self.given_kind = self.kinds.find(options.given.get("유형", ""))
        self.overrides = False
        self.by_section: Counter[str] = Counter()

    def judge_kinds(self, rows: Sequence[Row]) -> list[str]:
        """A column 유형 of which no value is a kind of ours is about something else, if a kind was given."""
        if not self.given_kind or not rows or "유형" not in rows[0].places:
            return []
        given = self.options.given["유형"]
        if any(self.kinds.find(row.line.kind) for row in rows if row.line.kind != given):
            return []
        self.overrides = True
        return [f"‘유형’ 열의 값이 유형 이름이 아니어서, 정해 준 값 ‘{self.given_kind}’(으)로 읽었습니다."]

    def outcome(self, row: Row) -> Outcome:
        line: EnterpriseLine = row.line
        kind = self._kind(line)
        faults = self._faults(row, kind)
        if faults:
            return Outcome(row, State.WRONG, faults=tuple(faults))
        line = self._without_mobile(line)
        finding = find_firm(self.register, line)
        if finding.several:
            return Outcome(row, State.WRONG, faults=(_several(row, finding.several),))
        firm = finding.firm or self._plan_firm(line)
        doubts = [*finding.doubts, *self._other_kind(line, kind), *_gone(line)]
        return self._compare(row, line, firm, doubts, kind)

    def _kind(self, line: EnterpriseLine) -> DesignationKind | None:
        """What the row says itself, else the line or sheet above it."""
        if self.overrides:
            return self.given_kind
        own = self.kinds.find(line.kind) or self.kinds.find(line.category)
        if own is None and not line.kind and (own := self.kinds.find(line.section)):
            self.by_section[line.section] += 1
        return own

    def _other_kind(self, line: EnterpriseLine, kind: DesignationKind | None) -> list[Doubt]:
        """A kind chosen for the whole file, below a line or in a sheet that names another."""
        named = self.kinds.find(line.section)
        if kind is None or kind != self.given_kind or named in (None, kind):
            return []
        return [
            Doubt("section", f"‘{line.section}’ 아래의 줄인데 파일 전체의 유형은 ‘{kind}’입니다. 맞습니까?")
        ]

    def _faults(self, row: Row, kind: DesignationKind | None) -> list[Fault]:
        line, found = row.line, []
        known = not (line.kind or line.category) and find_firm(self.register, line).firm
        if kind is None and not known:
            found.append(unknown_kind(row, self.kinds))
        starts_on, expires_on = validity(line)
        if starts_on and expires_on and expires_on < starts_on:
            rule = f"만료일이 지정일({korean_date(starts_on)})보다 앞섭니다."
            found.append(row.fault("만료일", korean_date(expires_on), rule, "두 날짜를 확인해 주십시오."))
        return found

    def _without_mobile(self, line: EnterpriseLine) -> EnterpriseLine:
        """Mobile numbers are personal data that lists carry; the office decides whether they come in (DOMAIN §6)."""
        phone = line.phone if self.mobiles_allowed else without_mobiles(line.phone)
        if phone == line.phone:
            return line
        self.mobiles_dropped += 1
        return line._replace(phone=phone)

    def _plan_firm(self, line: EnterpriseLine) -> Firm:
        firm = Firm(None, line.name, self.register.key(line.name), line.business_number, line.address)
        self.register.add(firm)
        return firm

    def _compare(
        self, row: Row, line: EnterpriseLine, firm: Firm, doubts: list[Doubt], kind: DesignationKind | None
    ) -> Outcome:
        told, changes = tell(firm, line, self.register)
        starts_on, expires_on = validity(line)
        values = {"number": line.number, "starts_on": starts_on, "expires_on": expires_on}
        held: Held | None = None
        sets: dict[str, Any] = {}
        fresh = False
        if kind is not None:
            held, sets, fresh = self.held.match(firm, kind.pk, values)
            if fresh and (other := self.held.overlap(firm, held)):
                rule = f"같은 유형({kind})의 자격과 기간이 겹칩니다({other.period})."
                remedy = "그 기록의 만료일이나 종료일을 먼저 고치거나, 이 줄의 날짜를 확인해 주십시오."
                return Outcome(row, State.WRONG, faults=(row.fault("지정일", "", rule, remedy),))
        made = not firm.planned and firm.pk is None
        state = State.NEW if fresh or made else State.CHANGED if changes or sets else State.UNCHANGED
        doubts = [*doubts, *self._day_doubts(held, sets, fresh)]
        if firm.pk is None:
            firm.planned.setdefault("row", row.number)
        if state == State.UNCHANGED:
            doubts = [doubt for doubt in doubts if doubt.code == "spelling"]
        changes += changes_of(held, sets) if not fresh else ()
        plan = Plan(firm, told, held, sets) if state != State.UNCHANGED else None
        return Outcome(row, state, changes, tuple(doubts), self._notes(line), plan=plan)

    def _day_doubts(self, held: Held | None, sets: dict[str, Any], fresh: bool) -> list[Doubt]:
        if held is None or not (fresh or sets):
            return []
        if fresh and held.starts_on is None:
            return [
                Doubt(
                    "no_start",
                    "지정일이 없습니다. 도입 전 누계의 상세로만 저장하고 기업 수에는 더하지 않습니다.",
                )
            ]
        days = [
            sets.get("starts_on", held.starts_on),
            *(sets[name] for name in ("expires_on",) if name in sets),
        ]
        closed = self.closed_through
        if closed and any(day and day <= closed for day in days):
            return [
                Doubt("closed", f"마감 뒤 입력(미반영): {korean_date(closed)}까지 마감된 분기의 날짜입니다.")
            ]
        return []

    def _notes(self, line: EnterpriseLine) -> tuple[str, ...]:
        if line.business_number and not business_number_ok(line.business_number):
            return (f"사업자등록번호 {line.business_number}의 검증 숫자가 맞지 않습니다.",)
        return ()


def _gone(line: EnterpriseLine) -> list[Doubt]:
    """What the list itself says to be over would be counted."""
    if not GONE.search(line.status):
        return []
    return [Doubt("gone", f"상태가 ‘{line.status}’인 줄입니다. 유효한 자격으로 저장해도 됩니까?")]


def validity(line: EnterpriseLine) -> tuple[Any, Any]:
    """지정일 and 만료일; what they lack is taken from 유효기간."""
    period = line.starts_on if isinstance(line.starts_on, Period) else line.validity
    if period is None:
        return line.starts_on, line.expires_on
    exact = period.end is not None and period.end != period.start
    starts_on = None if period is line.starts_on else line.starts_on
    return starts_on or period.start, line.expires_on or (period.end if exact else None)


def tell(firm: Firm, line: EnterpriseLine, register: Register) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """What the row tells of the firm: everything where it is new, else what differs; and that in words.

    Another spelling of the same name is no change, nor is the same address with less said.
    """
    values = {name: getattr(line, name) for _, name in TOLD if getattr(line, name)}
    if firm.row is None:
        return values, ()
    if register.key(line.name) == firm.key:
        values.pop("name", None)
    if same_address(firm.row.address, line.address) and len(line.address) <= len(firm.row.address):
        values.pop("address", None)
    return changed(TOLD, firm.row, values)


def _several(row: Row, firms: Sequence[Firm]) -> Fault:
    names = ", ".join(f"{firm.name}({firm.address or firm.number or '주소 없음'})" for firm in firms[:3])
    return row.fault(
        "기업명",
        row.line.name,
        f"같은 이름의 기업이 여럿입니다: {names}.",
        "사업자등록번호나 주소를 적어 주십시오.",
    )


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the register; writes nothing."""
    checker = Checker(options)
    warnings = checker.judge_kinds(rows)
    outcomes = [checker.outcome(row) for row in rows]
    warnings += [
        f"유형을 시트 이름이나 구분 줄 ‘{section}’에서 읽었습니다({count}줄)."
        for section, count in checker.by_section.items()
    ]
    if checker.mobiles_dropped:
        warnings.append(f"휴대전화 번호 {checker.mobiles_dropped}건은 개인정보라 가져오지 않았습니다.")
    return Checked(outcomes, warnings)


def further(rows: Sequence[Row], options: Options) -> Iterable[Fault]:
    """Kinds that are not known, in rows with other faults."""
    kinds = Kinds()
    for row in rows:
        line = row.line
        if line.kind and not (
            kinds.find(line.kind) or kinds.find(line.category) or options.given.get("유형")
        ):
            yield unknown_kind(row, kinds)


def unknown_kind(row: Row, kinds: Kinds) -> Fault:
    rule = f"모르는 유형입니다. 아는 유형: {kinds.shown}." if row.line.kind else "유형이 비어 있습니다."
    return row.fault("유형", row.line.kind, rule, UNKNOWN_KIND)


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history, in the caller's transaction."""
    write([outcome.plan for outcome in outcomes], reason, user)


KIND = Kind(
    "enterprises",
    "기업 명단",
    COLUMNS,
    EnterpriseLine,
    check,
    save,
    models=(Enterprise, Designation),
    further=further,
    about="사회적기업 인증 현황, 예비사회적기업, 마을기업, 협동조합, 자활기업의 공개 명단을 그대로 올릴 수 있습니다.",
)
