"""What the card shows of the registers: kinds with their openings, centre, committee, spaces, market."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from enterprises.models import (
    Center,
    Committee,
    DesignationKind,
    MemberOpening,
    RegisterOpening,
    Space,
    TenantOpening,
)
from markets.models import Market
from pledges.reading.guesses import market_name
from pledges.reading.model import ReadCard, ReadIndicator, ReadKind
from pledges.reading.source import key

from .keeper import Keeper, kept_or_warned


def store_register(keeper: Keeper, card: ReadCard, as_of: date, asked: bool) -> bool:
    """The kinds' openings at the table's own day, unless the officer asked for another. Whether there is a table."""
    if card.register is None:
        return False
    on = as_of if asked or card.register.on is None else card.register.on
    kinds = list(DesignationKind.objects.all())
    for read in card.register.kinds:
        kind = _kind(keeper, kinds, read)
        if kind is not None:
            _opening(
                keeper,
                RegisterOpening,
                {"kind": kind, "on": on},
                read.count,
                read.line,
                f"기업 현황 {read.label}",
            )
    return True


def _kind(keeper: Keeper, kinds: list[DesignationKind], read: ReadKind) -> DesignationKind | None:
    wanted = {key(read.label), key(read.label + read.group)}
    for kind in kinds:
        names = [kind.name, kind.short_name, *kind.aliases.split(",")]
        if wanted & {key(name) for name in names if name.strip()}:
            return kind
    row = next((row for row in _known_kinds() if wanted & _names(row)), None)
    values = row or {
        "code": f"kind_{len(kinds) + 1}",
        "name": f"{read.group} {read.label}".strip(),
        "short_name": read.label,
        "position": len(kinds) + 1,
    }
    if row is None:
        keeper.faults.warn(
            read.line, f"기업 현황: 처음 보는 유형 ‘{values['name']}’을(를) 새로 등록했습니다."
        )
    made = keeper.save(DesignationKind(**values), read.line, "유형")
    kinds += [made] if made else []
    return made


def _names(row: dict[str, Any]) -> set[str]:
    return {key(name) for name in (row["name"], row["short_name"], *row["aliases"].split(","))}


@cache
def _known_kinds() -> list[dict[str, Any]]:
    """The kinds of the code tables that come with the program, for a database that has none yet."""
    path = Path(settings.FIXTURE_DIRS[0]) / "codes.json"
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    return [
        row for table in tables if table["model"] == "enterprises.DesignationKind" for row in table["rows"]
    ]


def _opening(
    keeper: Keeper, model: Any, match: dict[str, Any], count: int | None, line: int, where: str
) -> None:
    """A count at the end of a day; one that is registered already stays."""
    if count is None:
        return
    now = model.objects.live().filter(**match, closed=False).first()
    if now is None:
        keeper.save(model(**match, count=count, source=keeper.source(line)), line, where)
    elif now.count != count:
        keeper.faults.warn(
            line,
            f"{where}: 문서 {count}, {now.on} 기준으로 등록된 값 {now.count}. 등록된 값을 그대로 두었습니다.",
        )


def store_center(keeper: Keeper, card: ReadCard) -> Center | None:
    read = card.center
    if read is None:
        return None
    values = {
        "role": read.role,
        "staff": read.staff,
        "organisation": read.organisation,
        "address": read.address,
    }
    return _named(keeper, Center, read.name, values, read.line, "지원센터")


def store_committee(keeper: Keeper, card: ReadCard, as_of: date) -> Committee | None:
    read = card.committee
    if read is None:
        return None
    values = {
        "functions": read.functions,
        "term_years": read.term_years,
        "renewals": read.renewals,
        "meets": read.meets,
    }
    committee = _named(keeper, Committee, read.name, values, read.line, "위원회")
    if committee is not None:
        _opening(
            keeper, MemberOpening, {"committee": committee, "on": as_of}, read.members, read.line, "위원수"
        )
    return committee


def store_spaces(keeper: Keeper, card: ReadCard, as_of: date) -> list[Space]:
    spaces = []
    first = Space.objects.aggregate(last=Max("position"))["last"] or 0
    for at, read in enumerate(card.spaces, start=1):
        values = {
            "address": read.address,
            "area_m2": read.area_m2,
            "dong": read.dong,
            "opened_on": read.opened_on,
        }
        space = _named(keeper, Space, read.name, values, read.line, "입주 공간", position=first + at)
        if space is not None:
            spaces.append(space)
            _opening(keeper, TenantOpening, {"space": space, "on": as_of}, read.tenants, read.line, read.name)
    return spaces


def _named(
    keeper: Keeper, model: Any, name: str, values: dict[str, Any], line: int, where: str, **more: Any
) -> Any:
    """The registered one of that name (spaces ignored), else a new one."""
    for row in model.objects.live():
        if key(row.name) == key(name):
            kept_or_warned(keeper, row, line, f"{where} {name}", values)
            return row
    return keeper.save(model(name=name, **values, **more), line, where)


def store_market(keeper: Keeper, indicator: ReadIndicator) -> Market | None:
    """The market whose days an indicator counts."""
    name = market_name(indicator)
    for market in Market.objects.all():
        if key(name) in (key(market.name), key(market.short_name)):
            return market
    short = name.split()[-1][:30] if name.split() else name
    return keeper.save(Market(name=name, short_name=short), indicator.line, "시장")
