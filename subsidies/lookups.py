"""What the rows of an import name, looked up in maps that are loaded once: programmes, payees, ratios, budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import Sum

from common.names import name_key
from enterprises.matching import Firm, Register, look_like
from enterprises.models import Designation
from subsidies.budgets import BudgetState, budget_state
from subsidies.facts import usual_amount
from subsidies.models import Award, Disbursement, Entrustment, Program, ProgramYear, ServiceContract
from subsidies.recipients import Recipient
from subsidies.splits import Shares, split


class NotFound(Exception):
    """A name that means nothing, or too much: ``rule`` and ``remedy`` for the officer."""

    def __init__(self, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.rule, self.remedy = rule, remedy


def plain(name: str) -> str:
    return "".join(name.split()).casefold()


class Programs:
    """Programmes by name and alias."""

    def __init__(self) -> None:
        self.names: dict[str, Program] = {}
        for program in Program.objects.all():
            for name in (program.name, *program.aliases.split(",")):
                if name.strip():
                    self.names.setdefault(plain(name), program)

    def find(self, name: str) -> Program:
        """NotFound with the nearest names."""
        program = self.names.get(plain(name))
        if program is None:
            near = dict.fromkeys(
                self.names[key].name for key in get_close_matches(plain(name), self.names, 3, 0.4)
            )
            known = look_like(near) or f"등록된 사업: {', '.join(self._all()[:8])}."
            raise NotFound(
                "등록되지 않은 사업입니다.", f"{known} 사업 이름을 고치거나 사업을 먼저 등록해 주십시오."
            )
        return program

    def _all(self) -> list[str]:
        return list(dict.fromkeys(program.name for program in self.names.values()))


@dataclass(frozen=True, slots=True)
class Payee:
    """A payee and its short token (``e12``, ``n3``, ``c5``, ``t문서 이름``); ``doubt``: why it may be another."""

    token: str
    recipient: Recipient
    doubt: str = ""


class Payees:
    """Enterprises, agreements of a programme, and texts that the ledger already holds."""

    def __init__(self) -> None:
        self.register = Register()
        self.agreements: dict[tuple[int, str], list[Any]] = {}
        for letter, model in (("n", Entrustment), ("c", ServiceContract)):
            for row in model.objects.live():
                row.letter = letter
                for name in {name_key(row.title), name_key(row.partner)} - {""}:
                    self.agreements.setdefault((row.program_id, name), []).append(row)
        texts = (
            Disbursement.objects.live().exclude(recipient_text="").values_list("recipient_text", flat=True)
        )
        self.texts = set(texts.distinct())
        self.known: dict[Any, Payee] = {}

    def find(self, program: Program, name: str, number: str, day: date) -> Payee:
        """NotFound where nobody, or more than one, is meant; the nearest names in the remedy."""
        key = (program.pk, name, number)
        if key in self.known:
            return self.known[key]
        agreements = self.agreements.get((program.pk, self.register.key(name)), [])
        if agreements and not (program.pays_enterprises and self.register.named(name)):
            # Not kept: which of several agreements is meant, the day decides.
            return _agreement(agreements, day)
        self.known[key] = found = self._firm(program, name, number)
        return found

    def _firm(self, program: Program, name: str, number: str) -> Payee:
        firms = self.register.by_number.get(number, []) if number else []
        firms = firms or self.register.named(name)
        if len(firms) > 1:
            raise NotFound(f"같은 이름의 기업이 {len(firms)}곳입니다.", "사업자등록번호 열을 더해 주십시오.")
        if not firms and name in self.texts:
            return Payee(f"t{name}", Recipient(text=name))
        if not firms:
            rule = "등록된 기업도, 이 사업의 협약·계약 상대도 아닙니다."
            raise NotFound(
                rule,
                f"{look_like(self._nearest(program, name))} 이름을 고치거나 기업을 먼저 등록해 주십시오.".strip(),
            )
        recipient = Recipient(enterprise=firms[0].row)
        if misfit := recipient.fits(program):
            raise NotFound(misfit, "사업이나 수령자를 고쳐 주십시오.")
        return Payee(f"e{firms[0].pk}", recipient, other_name(self.register, firms[0], name))

    def _nearest(self, program: Program, name: str) -> list[str]:
        partners = {key: rows[0] for (owner, key), rows in self.agreements.items() if owner == program.pk}
        near = get_close_matches(self.register.key(name), partners, 2, 0.4)
        return [
            *(partners[key].partner or partners[key].title for key in near),
            *self.register.nearest(name),
        ][:3]


def _agreement(rows: list[Any], day: date) -> Payee:
    running = [row for row in rows if _runs(row, day)]
    if len(rows) > 1 and len(running) != 1:
        raise NotFound(
            "이 상대의 협약·계약이 여럿이라 어느 것인지 알 수 없습니다.", "협약·계약의 이름을 적어 주십시오."
        )
    row = (running or rows)[0]
    return Payee(
        f"{row.letter}{row.pk}", Recipient(**{"entrustment" if row.letter == "n" else "contract": row})
    )


def _runs(row: Any, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or day <= row.ends_on)


def other_name(register: Register, firm: Firm, name: str) -> str:
    """What is doubtful about a firm that was found by its number under another name; empty where nothing is."""
    if firm.key == register.key(name):
        return ""
    return f"사업자등록번호는 ‘{firm.name}’의 것인데 이름은 ‘{name}’입니다. 맞습니까?"


def one_firm(register: Register, name: str, number: str) -> Firm:
    """The registered firm of a name (and number). NotFound otherwise."""
    firms = register.by_number.get(number, []) if number else []
    firms = firms or register.named(name)
    if not firms:
        raise NotFound(
            "등록된 기업이 아닙니다.",
            f"{look_like(register.nearest(name))} 이름을 고치거나 기업을 먼저 등록해 주십시오.".strip(),
        )
    if len(firms) > 1:
        raise NotFound(f"같은 이름의 기업이 {len(firms)}곳입니다.", "사업자등록번호를 적어 주십시오.")
    return firms[0]


class Ratios:
    """The ratio of every programme and year."""

    def __init__(self) -> None:
        rows = ProgramYear.objects.live()
        self.known = {(row.program_id, row.year): row.ratio for row in rows}

    def split(self, program: Program, year: int, amount: int) -> Shares | None:
        """None where no ratio is registered."""
        ratio = self.known.get((program.pk, year))
        return split(amount, ratio, program.split_unit) if ratio else None


@dataclass
class Budgets:
    """Budget states, each fetched once and kept up with the rows of the file."""

    states: dict[tuple[int, int], BudgetState] = field(default_factory=dict)

    def of(self, program: Program, year: int) -> BudgetState:
        key = (program.pk, year)
        if key not in self.states:
            self.states[key] = budget_state(program, year)
        return self.states[key]

    def spend(self, program: Program, year: int, shares: Shares) -> None:
        state = self.states[program.pk, year]
        if state.registered:
            used = Shares(*(one + other for one, other in zip(state.executed, shares, strict=True)))
            self.states[program.pk, year] = replace(state, executed=used)


class Designated:
    """On which days an enterprise holds a designation; an undated one holds until its end."""

    def __init__(self) -> None:
        self.spans: dict[int, list[tuple[date | None, date | None]]] = {}
        rows = (
            Designation.objects.live().with_last_day().values_list("enterprise_id", "starts_on", "last_day")
        )
        for firm, first, last in rows:
            self.spans.setdefault(firm, []).append((first, last))

    def on(self, firm: int, day: date) -> bool:
        spans = self.spans.get(firm, ())
        return any((first is None or first <= day) and (last is None or day <= last) for first, last in spans)


class Awards:
    """Live awards by programme and enterprise, and the net won paid under each so far."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], list[Award]] = {}
        for award in Award.objects.live():
            self.known.setdefault((award.program_id, award.enterprise_id), []).append(award)
        sums = Disbursement.objects.live().filter(award__isnull=False).order_by().values("award")
        self.paid = dict(sums.values_list("award").annotate(total=Sum("amount")))

    def of(self, program: int, firm: int | None, year: int) -> list[Award]:
        """Of the year and of the year before (carried over)."""
        found = self.known.get((program, firm or 0), ())
        return [award for award in found if award.year in (year - 1, year)]

    def only(self, program: int, firm: int | None, year: int) -> Award | None:
        """The one award that a payment of the year can be under, as the entry form chooses it; None if not sure."""
        offered = self.of(program, firm, year)
        same_year = [award for award in offered if award.year == year]
        found = same_year or offered
        return found[0] if len(found) == 1 else None

    def pay(self, award: Award, won: int) -> None:
        """Remembers what a row of the file pays under an award."""
        self.paid[award.pk] = self.paid.get(award.pk, 0) + won


class Usual:
    """What a programme usually pays: the ledger says, else the file itself does."""

    LEAST_ROWS = 3

    def __init__(self, amounts: Iterable[tuple[int, int]]) -> None:
        self.known: dict[int, int | None] = {}
        self.in_file: dict[int, list[int]] = {}
        for program, amount in amounts:
            self.in_file.setdefault(program, []).append(amount)

    def of(self, program: Program) -> int | None:
        if program.pk not in self.known:
            usual = usual_amount(program)
            amounts = sorted(self.in_file.get(program.pk, ()))
            if usual is None and len(amounts) >= self.LEAST_ROWS:
                usual = amounts[(len(amounts) - 1) // 2]
            self.known[program.pk] = usual
        return self.known[program.pk]
