"""What `make run` does before it serves: database, seed card, accounts, static files. Repeating it is harmless."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "데이터베이스·예시 공약·시범 계정·정적 파일을 준비합니다."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_seed", stdout=self.stdout)
        if not static_is_current():
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        call_command("demo_accounts", stdout=self.stdout)
        self.stdout.write(f"주소: {options['address']}/")
        self.stdout.flush()


def static_is_current() -> bool:
    """True if nothing under static/ is newer than the collected files."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or not manifest.exists():
        return settings.DEBUG
    collected = manifest.stat().st_mtime
    sources = (path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*"))
    return all(path.stat().st_mtime <= collected for path in sources)
