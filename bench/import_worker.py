"""One measurement of an import, in a process of its own. Prints one JSON object."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import django

FIRMS = 500
PROGRAM = "일자리창출사업(예시)"
SOURCES = ["국비", "시비", "구비", "기타"]
HEADINGS = ["교부일", "사업", "수령자", "금액", *SOURCES, "회계연도", "차수", "지출결의번호", "적요"]
# The model's fields by the heading that carries them, but for names of other rows and the key.
FIELDS = dict(
    zip(
        ("paid_on", "national", "city", "district", "other", "fiscal_year", "installment", "note"),
        (HEADINGS[0], *HEADINGS[4:9], HEADINGS[9], HEADINGS[11]),
        strict=True,
    )
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    what, size = sys.argv[1], int(sys.argv[2])
    found = {"prepare": prepare, "ours": ours, "default": default}[what](size)
    sys.stdout.write(json.dumps(found))


def prepare(size: int) -> dict[str, Any]:
    """An empty district with one programme, its ratios and 500 firms with awards."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    from enterprises.models import Designation, DesignationKind, Enterprise
    from subsidies.models import Award, Program, ProgramYear

    # Tables as the models say, without walking through the history of migrations.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    program = Program.objects.create(name=PROGRAM)
    for year in range(2022, 2027):
        ProgramYear.objects.create(program=program, year=year, national=75, city="17.5", district="7.5")
    kind = DesignationKind.objects.create(code="certified", name="인증", short_name="인증")
    firms = Enterprise.objects.bulk_create(Enterprise(name=f"기업{n}(예시)") for n in range(FIRMS))
    Designation.objects.bulk_create(
        Designation(enterprise=firm, kind=kind, starts_on=date(2015, 1, 1)) for firm in firms
    )
    Award.objects.bulk_create(
        Award(program=program, enterprise=firm, year=year, amount=10**9, decided_on=date(year, 1, 1))
        for firm in firms
        for year in range(2022, 2027)
    )
    return {}


def workbook(size: int) -> bytes:
    """Payments that differ from each other, with their sources, as an .xlsx."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("집행")
    sheet.append(HEADINGS)
    first = date(2022, 1, 3)
    for n in range(size):
        amount = 1_000_000 + n * 7_919 % 9_000_000 // 1_000 * 1_000
        national, city = amount * 75 // 100, amount * 175 // 1000
        day = first + timedelta(days=n % 1_400)
        shares = [national, city, amount - national - city, 0]
        sheet.append(
            [day, PROGRAM, f"기업{n % FIRMS}(예시)", amount, *shares, day.year, "", f"제{n}호", f"적요 {n}"]
        )
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def file_of(size: int) -> bytes:
    """The workbook, written by another process: its memory is not the import's."""
    if os.environ.get("BENCH_WRITES"):
        sys.stdout.buffer.write(workbook(size))
        raise SystemExit
    import subprocess

    command = [sys.executable, "-m", "bench.import_worker", "ours", str(size)]
    done = subprocess.run(command, env=os.environ | {"BENCH_WRITES": "1"}, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return done.stdout


def emptied() -> None:
    from subsidies.models import Disbursement

    for model in (Disbursement.history.model, Disbursement):
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


def timed(call: Callable[[], Any]) -> tuple[float, float, int]:
    """Seconds on the clock and of this process, and queries of a call."""
    from django.db import connection

    queries = 0

    def counting(execute: Any, *rest: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*rest)

    start, used = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counting):
        call()
    return time.perf_counter() - start, time.process_time() - used, queries


def figures(rows: int, commit: tuple[float, float, int], **more: float) -> dict[str, Any]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": rows,
        "commit": commit[0],
        "rate": rows / commit[0],
        "cpu": commit[1],
        "queries": commit[2],
        "peak_mb": peak,
        **more,
    }


def ours(size: int) -> dict[str, Any]:
    """Preview (parse, check, classify), then commit (parse and check again, write, history)."""
    from accounts.importing import Source, commit, look
    from common.clock import now, today
    from pledges.importing import KINDS
    from subsidies.models import Disbursement

    source = Source(file_of(size), "집행.xlsx", accept_doubts=True)
    emptied()
    kind = KINDS["disbursements"]
    preview, *_ = timed(lambda: look(kind, source, today()))
    written = timed(lambda: commit(kind, source, user=None, today=today(), now=now()))
    assert Disbursement.objects.count() == Disbursement.history.count() == size
    return figures(size, written, preview=preview)


def default(size: int) -> dict[str, Any]:
    """django-import-export's resource as it comes, with what it must be told: columns, and names of other rows."""
    from import_export import fields, resources, widgets
    from tablib import Dataset

    from enterprises.models import Enterprise
    from subsidies.models import Disbursement, Program

    class DefaultResource(resources.ModelResource):
        program = fields.Field("program", "사업", widgets.ForeignKeyWidget(Program, "name"))
        enterprise = fields.Field("enterprise", "수령자", widgets.ForeignKeyWidget(Enterprise, "name"))
        expenditure_number = fields.Field("expenditure_number", "지출결의번호")

        class Meta:
            model = Disbursement
            import_id_fields = ("expenditure_number",)
            fields = ("program", "enterprise", "expenditure_number", *FIELDS)

        def before_import_row(self, row: Any, **kwargs: Any) -> None:
            row.update({name: row[heading] for name, heading in FIELDS.items()})
            row["installment"] = row["installment"] or ""

    content = file_of(size)
    emptied()

    def load() -> None:
        data = Dataset().load(content, format="xlsx")
        result = DefaultResource().import_data(data, dry_run=False, raise_errors=True)
        assert result.totals["new"] == size

    written = timed(load)
    assert Disbursement.objects.count() == Disbursement.history.count() == size
    return figures(size, written)


if __name__ == "__main__":
    main()
