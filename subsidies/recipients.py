"""Who may be paid, as one choice: ``enterprise:12``, ``entrustment:3``, ``contract:5``, or what a document names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from common.names import name_key
from enterprises.models import Enterprise
from subsidies.models import Disbursement, Entrustment, Program, ServiceContract

# More firms than this are found by name instead of listed.
LISTED = 300
KINDS: dict[str, Any] = {"enterprise": Enterprise, "entrustment": Entrustment, "contract": ServiceContract}
TEXT = "text"


@dataclass(frozen=True)
class Recipient:
    """One payee. Exactly one of the four is set."""

    enterprise: Enterprise | None = None
    entrustment: Entrustment | None = None
    contract: ServiceContract | None = None
    text: str = ""

    @property
    def value(self) -> str:
        for kind in KINDS:
            row = getattr(self, kind)
            if row is not None:
                return f"{kind}:{row.pk}"
        return TEXT

    @property
    def label(self) -> str:
        if self.enterprise:
            return firm_label(self.enterprise.name, self.enterprise.dong)
        agreement = self.entrustment or self.contract
        return agreement_label(agreement) if agreement else f"문서 기재: {self.text}"

    @property
    def name(self) -> str:
        """As a sentence names the payee."""
        if self.enterprise:
            return self.enterprise.name
        agreement = self.entrustment or self.contract
        return (agreement.partner or agreement.title) if agreement else self.text

    def fits(self, program: Program) -> str:
        """Why ``program`` does not pay this recipient; empty where it does."""
        agreement = self.entrustment or self.contract
        if self.enterprise and not program.pays_enterprises:
            return f"‘{program}’은(는) 협약·계약 상대에게 지급하는 사업입니다. 협약이나 계약을 고르세요."
        if agreement and agreement.program_id != program.pk:
            return f"‘{agreement.title}’은(는) 다른 사업({agreement.program})의 협약·계약입니다."
        return ""


def of_row(row: Disbursement) -> Recipient:
    """The payee of a ledger row."""
    return Recipient(row.enterprise, row.entrustment, row.contract, row.recipient_text)


def find(value: str) -> Recipient | None:
    """The live recipient that a form's value names; None for anything else."""
    kind, _, number = value.partition(":")
    model = KINDS.get(kind)
    if model is None or not number.isdecimal() or len(number) > 18:
        return None
    row = model.objects.live().filter(pk=int(number)).first()
    return Recipient(**{kind: row}) if row else None


Group = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Choices:
    """What the select offers; ``firms`` counts all that were found, listed or not."""

    groups: list[Group]
    firms: int

    @property
    def hidden(self) -> int:
        return max(self.firms - LISTED, 0)

    @property
    def only(self) -> str:
        """The value of the one that was found, if it is one."""
        options = [value for _, rows in self.groups for value, _ in rows]
        return options[0] if len(options) == 1 else ""


def choices(program: Program | None, text: str = "") -> Choices:
    """Agreements and firms that ``program`` may pay and whose name matches; three queries at most."""
    groups: list[Group] = []
    firms = 0
    if program is None or not program.pays_enterprises or text:
        groups += _agreements(program, text)
    if program is None or program.pays_enterprises:
        found, firms = _firms(text)
        groups.append(("기업", found))
    return Choices([group for group in groups if group[1]], firms)


def _agreements(program: Program | None, text: str) -> list[Group]:
    groups: list[Group] = []
    for label, kind in (("민간위탁 협약", "entrustment"), ("용역 계약", "contract")):
        rows = KINDS[kind].objects.live()
        rows = rows.filter(program=program) if program else rows
        if text:
            rows = rows.filter(Q(title__icontains=text) | Q(partner__icontains=text))
        groups.append((label, [(f"{kind}:{row.pk}", agreement_label(row)) for row in rows]))
    return groups


def _firms(text: str) -> tuple[list[tuple[str, str]], int]:
    rows = Enterprise.objects.live().filter(merged_into__isnull=True)
    if text:
        rows = rows.filter(name_key__contains=name_key(text)) if name_key(text) else rows.search(text)
    names = list(rows.order_by("name", "pk").values_list("pk", "name", "dong")[: LISTED + 1])
    count = len(names) if len(names) <= LISTED else rows.count()
    return [(f"enterprise:{pk}", firm_label(name, dong)) for pk, name, dong in names[:LISTED]], count


def firm_label(name: str, dong: str) -> str:
    return f"{name} ({dong})" if dong else name


def agreement_label(agreement: Entrustment | ServiceContract) -> str:
    """``관악 … 민간위탁 (수탁법인, 2023~2024)``."""
    years = [str(day.year) for day in (agreement.starts_on, agreement.ends_on) if day]
    about = ", ".join(part for part in (agreement.partner, "~".join(dict.fromkeys(years))) if part)
    return f"{agreement.title} ({about})" if about else agreement.title
