"""Closed quarters for publication: indicators and execution as they were closed, without any person (DOMAIN §3.15)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet

from documents.cells import CENTER, DATE, TEXT, YEAR, number
from documents.table import Column, Table
from pledges.models import ClosedCard, Closing
from subsidies.models import Source

SOURCES = {"total": "계"} | {source.value: str(source.label) for source in Source}
NUMBER = number(4)

COLUMNS = (
    Column("연도", "year", YEAR),
    Column("분기", "quarter", YEAR),
    Column("판", "version", YEAR),
    Column("마감일", "closed_on", DATE),
    Column("임기", "term", TEXT),
    Column("공약번호", "number", CENTER),
    Column("공약명", "title", TEXT),
    Column("분야", "goal", TEXT),
    Column("부서", "department", TEXT),
    Column("추진상황", "status", TEXT),
    Column("구분", "kind", TEXT),
    Column("항목", "item", TEXT),
    Column("대상", "period", TEXT),
    Column("단위", "unit", TEXT),
    Column("대비비율(%)", "weight", NUMBER),
    Column("목표", "target", NUMBER),
    Column("값", "value", NUMBER),
    Column("이행률(%)", "rate", NUMBER),
)


def published_table(year: int | None = None, quarter: int | None = None) -> Table:
    """One row an indicator and one a source and year, of the version that holds of each closed quarter."""
    return Table("마감한 분기의 공약 이행", COLUMNS, _rows(_cards(year, quarter)), numbered=False)


def _cards(year: int | None, quarter: int | None) -> QuerySet[Any]:
    closings = Closing.objects.filter(
        **({"year": year} if year else {}), **({"quarter": quarter} if quarter else {})
    )
    by_quarter = closings.order_by().values("term", "year", "quarter").annotate(latest=Max("pk"))
    latest = [row["latest"] for row in by_quarter]
    cards = ClosedCard.objects.filter(closing__in=latest)
    return cards.order_by("closing__year", "closing__quarter", "closing_id", "pledge__position", "pledge_id")


def _rows(cards: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    for year, quarter, version, content in cards.values_list(
        "closing__year", "closing__quarter", "closing__version", "content"
    ).iterator(chunk_size=50):
        card = json.loads(content)
        yield from _of_card(card, {"year": year, "quarter": quarter, "version": version})


def _of_card(card: dict[str, Any], closing: dict[str, Any]) -> Iterator[dict[str, Any]]:
    header = card["header"]
    names = ("term", "number", "title", "goal", "department", "status")
    base = closing | {name: header[name] for name in names}
    base |= {"closed_on": (card["closing"] or {}).get("closed_on")}
    blank = dict.fromkeys(("weight", "target", "value", "rate"))
    for indicator in card["indicators"]:
        figures = {
            "weight": indicator["weight"],
            "target": indicator["term_target"],
            "value": indicator["value"],
        }
        named = {"kind": "확인지표", "item": indicator["name"], "period": "임기", "unit": indicator["unit"]}
        yield base | named | figures | {"rate": _plain(indicator["rate"])}
    total = {"kind": "총 이행률", "item": "총 이행률", "period": "임기", "unit": "%"}
    yield base | blank | total | {"rate": _plain(card["overall"]["rate"])}
    unit = card["execution"]["unit"]
    for row in card["execution"]["rows"]:
        named = {"kind": "예산 집행액", "item": SOURCES.get(row["source"], row["source"]), "unit": unit}
        for period, value in _periods(row):
            yield base | blank | named | {"period": period, "value": value}


def _periods(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "계", row["total"]
    for year, value in row["by_year"].items():
        yield f"{year}년", value
    yield "임기 후", row["after_term"]


def _plain(rate: str | None) -> Any:
    return None if rate is None else float(rate)
