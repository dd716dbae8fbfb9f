"""`manage.py read_notation money|date`: one text per line in, one JSON object per line out (a stable contract)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.notation import NotationError, read_money, read_period

Reader = Callable[[str], int | str | None]


class Command(BaseCommand):
    help = "표준 입력의 글을 한 줄에 하나씩 금액(원) 또는 날짜로 읽어 JSON으로 적습니다."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["money", "date"], help="money: 금액(원), date: 날짜·기간")
        parser.add_argument(
            "--unit", help="단위를 적지 않은 금액의 단위 (원, 천원, 만원, 백만원, 억원; 기본 원)"
        )
        parser.add_argument("--year", type=int, help="연도를 적지 않은 날짜의 연도")

    def handle(self, *args: Any, kind: str, unit: str | None, year: int | None, **options: Any) -> None:
        reader = _reader(kind, unit, year)
        for text in _lines(getattr(sys.stdin, "buffer", sys.stdin)):
            self.stdout.write(json.dumps(answer(text, reader), ensure_ascii=False))


def answer(text: str, reader: Reader) -> dict[str, int | str | None]:
    """{"text", "value"} or {"text", "error"} for one line."""
    try:
        return {"text": text, "value": reader(text)}
    except NotationError as error:
        return {"text": text, "error": str(error)}


def _reader(kind: str, unit: str | None, year: int | None) -> Reader:
    """The reader of the kind; CommandError where the unit or the year cannot be meant."""
    try:
        read_money("0", unit=unit)
        read_period("1. 1.", year=2000 if year is None else year)
    except NotationError as error:
        raise CommandError(f"{error.reason} {error.remedy}") from None
    if kind == "money":
        return lambda text: read_money(text, unit=unit)
    return lambda text: read_period(text, year=year).iso()


def _lines(stream: Iterable[bytes | str]) -> Iterator[str]:
    """Lines without their end; bytes that are not UTF-8 become �, which no reader reads."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8", errors="replace") if isinstance(line, bytes) else line
        text = text.removesuffix("\n").removesuffix("\r")
        yield text.removeprefix("\ufeff") if number == 0 else text
