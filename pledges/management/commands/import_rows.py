"""``manage.py import_rows KIND FILE``: rows of a sheet into a register, all or nothing."""

import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.importing import NotReady, Preview, Source, commit, look
from common.clock import now, today
from common.importing import Kind
from common.money import UNITS
from documents.reading import Unreadable
from documents.reading.marked import marked
from pledges.importing import KINDS
from pledges.importing.reporting import lines, marks_of

FAULTY, DOUBTFUL = 1, 2


def _setting(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign or not column.strip():
        raise ArgumentTypeError(f"열=값으로 적습니다. 예: 유형=인증 ({text!r})")
    return column.strip(), value.strip()


def _unit(text: str) -> str:
    plain = "".join(text.split())
    if plain not in UNITS:
        raise ArgumentTypeError(f"단위는 {', '.join(UNITS)} 가운데 하나입니다: {text!r}")
    return plain


class Command(BaseCommand):
    help = "엑셀(.xlsx)이나 CSV의 줄을 등록합니다. 잘못이 하나라도 있으면 아무것도 저장하지 않습니다."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS), help="종류")
        parser.add_argument("file", help="파일 이름(.xlsx, .csv)")
        parser.add_argument("--dry-run", action="store_true", help="확인만 하고 저장하지 않습니다.")
        parser.add_argument("--report", metavar="OUT.xlsx", help="잘못을 표시한 같은 파일을 씁니다.")
        parser.add_argument("--unit", type=_unit, help="금액의 단위(원·천원·백만원)")
        parser.add_argument(
            "--set",
            type=_setting,
            action="append",
            default=[],
            metavar="열=값",
            dest="given",
            help="파일에 없는 열의 값. 예: 유형=인증",
        )
        parser.add_argument("--accept-doubts", action="store_true", help="확인할 점이 있어도 저장합니다.")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = KINDS[options["kind"]]
        try:
            content = Path(options["file"]).read_bytes()
        except OSError as error:
            raise CommandError(f"파일을 열 수 없습니다: {error.strerror}") from error
        source = Source(
            content,
            Path(options["file"]).name,
            unit=options["unit"] or "",
            given=dict(options["given"]),
            accept_doubts=options["accept_doubts"],
        )
        code = self._import(kind, source, options)
        if code:
            sys.exit(code)

    def _import(self, kind: Kind, source: Source, options: dict[str, Any]) -> int:
        """Exit code: 0 saved (or nothing to do), 1 faults, 2 doubts."""
        try:
            if options["dry_run"]:
                preview = look(kind, source, today(), self._progress)
            else:
                _, preview = commit(
                    kind, source, user=None, today=today(), now=now(), progress=self._progress
                )
        except NotReady as refused:
            preview = refused.preview
        except Unreadable as error:
            self.stdout.write(f"error: {source.name}: {error}")
            self.stdout.write("new: 0 changed: 0 unchanged: 0")
            return FAULTY
        return self._tell(preview, source, options)

    def _tell(self, preview: Preview, source: Source, options: dict[str, Any]) -> int:
        for line in lines(preview):
            self.stdout.write(line)
        if options["report"]:
            self._report(preview, source, Path(options["report"]))
        self.stdout.write(str(preview.counts))
        counts = preview.counts
        return FAULTY if counts.wrong else DOUBTFUL if counts.doubtful else 0

    def _report(self, preview: Preview, source: Source, path: Path) -> None:
        """The same file with its faults marked; what was saved stays saved where it cannot be written."""
        try:
            path.write_bytes(marked(source.content, source.book(), marks_of(preview)))
        except OSError as error:
            self.stdout.write(f"warning: 잘못을 표시한 파일을 쓰지 못했습니다: {path} ({error.strerror})")

    def _progress(self, step: str, done: int) -> None:
        """On a terminal one moving line; in a log a line every 10,000 rows."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{step} {done:,}줄", ending="")
        elif done and done % 10_000 == 0:
            self.stderr.write(f"{step} {done:,}줄")
