"""The register as a sheet: one row for each designation, under the headings that the import reads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from common.names import show_business_number
from documents.cells import CENTER, CODE, DATE, LONG, TEXT
from documents.table import Column, Table
from enterprises.listing import with_designations
from enterprises.models import Designation, Enterprise

CHUNK = 1000
NAME = "사회적경제기업 현황"


@dataclass(frozen=True)
class Line:
    """An enterprise with one of its designations, or with none."""

    enterprise: Enterprise
    designation: Designation | None


def _number(line: Line) -> str:
    return show_business_number(line.enterprise.business_number)


COLUMNS = (
    Column("기업명", "enterprise.name", TEXT, width=26),
    Column("사업자등록번호", _number, CODE),
    Column("유형", "designation.kind.name", CENTER, width=14),
    Column("인증번호", "designation.number", TEXT),
    Column("지정일", "designation.starts_on", DATE),
    Column("만료일", "designation.expires_on", DATE),
    Column("종료일", "designation.ended_on", DATE),
    Column("주소", "enterprise.address", LONG),
    Column("행정동", "enterprise.dong", CENTER),
    Column("업종", "enterprise.industry", TEXT, width=24),
)
# Left out unless asked for with a reason (DOMAIN §9).
PERSONAL = (
    Column("대표자", "enterprise.representative", TEXT),
    Column("전화번호", "enterprise.phone", CODE),
)


def lines(rows: QuerySet[Enterprise]) -> Iterator[Line]:
    """The lines of ``rows``, read in chunks so that a large register needs little memory."""
    for enterprise in with_designations(rows).iterator(chunk_size=CHUNK):
        held: list[Designation | None] = list(enterprise.held) or [None]  # type: ignore[attr-defined]
        for designation in held:
            yield Line(enterprise, designation)


def register_sheet(
    rows: QuerySet[Enterprise], as_of: date, conditions: str, *, personal: bool = False
) -> Table:
    """The filtered register as a table. ``conditions``: what it was filtered by, in words."""
    columns = COLUMNS + (PERSONAL if personal else ())
    return Table(NAME, columns, lines(rows), as_of=as_of, conditions=conditions, landscape=True)
