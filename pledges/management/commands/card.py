"""``manage.py card NUMBER``: one pledge card as JSON, XLSX or HWPX."""

import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from common.clock import today
from pledges.card import Card, build_card, contract_form
from pledges.card.files import WRITERS
from pledges.selection import day_in, pledge_numbered, term_named


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"날짜는 2024-03-31처럼 적습니다: {text!r}") from error


class Command(BaseCommand):
    help = "공약카드 하나를 파일로 씁니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="공약 번호. 예: 1-3")
        parser.add_argument("--term", help="임기 이름. 예: 민선8기")
        parser.add_argument("--as-of", type=_day, help="기준일. 예: 2024-03-31")
        parser.add_argument("--format", choices=["json", *WRITERS], default="json")
        parser.add_argument("-o", "--output", required=True, help="파일 이름. json은 - 이면 표준 출력")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            term = term_named(options["term"], today())
            pledge = pledge_numbered(term, options["number"])
        except Http404 as error:
            raise CommandError(str(error)) from error
        card = build_card(pledge, day_in(term, options["as_of"], today()))
        write(card, options["format"], options["output"])


def write(card: Card, form: str, output: str) -> None:
    """``card`` in ``form`` to the file ``output``; ``-`` is standard output."""
    if form == "json":
        content = (json.dumps(contract_form(card), ensure_ascii=False, indent=1) + "\n").encode()
    else:
        content = WRITERS[form](card)
    if output == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        Path(output).write_bytes(content)
