"""``manage.py import_card FILE``: reads a whole pledge card (text, xlsx, hwpx)."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from common.clock import today
from pledges.reading.files import CardFileError, card_text
from pledges.reading.importing import Outcome, import_card
from pledges.reading.parse import Options
from pledges.reading.units import UnitChoiceError, parse_choice


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"날짜는 2024-03-31처럼 적습니다: {text!r}") from error


class Command(BaseCommand):
    help = (
        "공약카드 하나(글, xlsx, hwpx)를 읽어 공약으로 저장합니다. 오류가 있으면 아무것도 저장하지 않습니다."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="공약카드 파일: 문서에서 복사한 글(.txt), .xlsx, .hwpx")
        parser.add_argument("--term", default="", help="임기 이름. 예: 민선8기")
        parser.add_argument("--as-of", type=_day, help="도입 전 누계의 기준일. 예: 2024-03-31")
        parser.add_argument(
            "--table-unit", action="append", default=[], metavar="TITLE=UNIT", help="표의 단위를 정함"
        )
        parser.add_argument("--dry-run", action="store_true", help="읽고 확인만 하고 저장하지 않음")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            units = dict(parse_choice(choice) for choice in options["table_unit"])
            text, warnings = card_text(path.name, path)
        except (UnitChoiceError, CardFileError) as error:
            self._fail([str(error)])
        for warning in warnings:
            self.stdout.write(f"warning: {warning}")
        asked = Options(options["term"] or "", options["as_of"], units)
        self._tell(import_card(text, asked, path.name, today(), options["dry_run"]))

    def _tell(self, outcome: Outcome) -> None:
        read = outcome.read
        for warning in read.faults.warnings:
            self.stdout.write(f"warning: {warning}")
        if outcome.failed:
            self._fail([str(error) for error in read.faults.errors])
        for left in read.unplaced:
            self.stdout.write(f"unplaced: line {left.line}: {left.text}")
        self.stdout.write(f"unplaced: {len(read.unplaced)}")

    def _fail(self, errors: list[str]) -> Any:
        for error in errors:
            self.stdout.write(f"error: {error}")
        raise SystemExit(1)
