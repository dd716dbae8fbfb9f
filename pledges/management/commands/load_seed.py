"""The data an installation starts with: code tables, the seed card, example enterprises."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from pledges.seeding.fixtures import load

# In this order: cards name codes, examples name what cards brought.
FILES = ("codes.json", "pledge-*.json", "examples.json")


class Command(BaseCommand):
    help = "코드표·예시 공약·예시 기업을 넣습니다. 다시 실행해도 이미 넣은 자료와 고친 자료는 그대로입니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-examples", action="store_true", help="예시 기업은 넣지 않습니다.")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.FIXTURE_DIRS[0])
        for pattern in FILES[: 2 if options["without_examples"] else None]:
            for path in sorted(folder.glob(pattern)):
                loaded = load(path)
                self.stdout.write(f"{path.name}: 새로 {loaded.new}, 그대로 {loaded.kept}")
