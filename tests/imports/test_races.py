"""Somebody saves a row while an import writes or is undone: whoever comes second is told."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connections, transaction

from accounts.importing import CannotUndo, NotReady, Source, commit, undo, undoing
from accounts.models import ImportBatch
from common.clock import now
from common.editing import locked
from common.importing import Checked
from subsidies.imports import DISBURSEMENTS
from subsidies.models import Disbursement
from tests.imports.sheets import xlsx
from tests.subsidies import factories as ledger

GAON = "가온협동조합(예시)"


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_being_edited_is_not_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    program = ledger.program()
    ledger.year(program)
    ledger.award(program, ledger.enterprise(GAON), 90_000_000)
    rows = [["교부일", "사업", "수령자", "금액"], ["2024-03-05", program.name, GAON, 5_000_000]]
    batch, _ = commit(
        DISBURSEMENTS, Source(xlsx(rows), "표.xlsx"), user=None, today=date(2024, 6, 30), now=now()
    )
    editing, looked = threading.Event(), threading.Event()
    changed = undoing._changed

    def watched(*args: Any) -> list[str]:
        found = changed(*args)
        looked.set()
        return found

    def edit() -> None:
        try:
            with transaction.atomic():
                row = locked(Disbursement.objects.get())
                editing.set()
                # Undoing looks for changes now, unless it waits for this row.
                looked.wait(0.3)
                row.note, row.revision = "고친 적요", row.revision + 1
                row.save()
        finally:
            connections.close_all()

    monkeypatch.setattr(undoing, "_changed", watched)
    officer = threading.Thread(target=edit)
    officer.start()
    assert editing.wait(10)
    with pytest.raises(CannotUndo):
        undo(batch, DISBURSEMENTS, None, "시험", now())
    officer.join(10)
    assert Disbursement.objects.get().voided_at is None


def test_a_row_that_was_edited_since_it_was_checked_is_not_overwritten(db: None) -> None:
    """On PostgreSQL others may save while an import reads: what they wrote was no part of what was confirmed."""
    program = ledger.program()
    ledger.year(program)
    firm = ledger.enterprise(GAON)
    ledger.disbursement(program, 5_000_000, enterprise=firm, paid_on=date(2024, 3, 5), note="처음")

    def check(*args: Any) -> Checked:
        checked = DISBURSEMENTS.check(*args)
        row = Disbursement.objects.get()
        row.note, row.revision = "그 사이에 고침", row.revision + 1
        row.save()
        return checked

    rows = [
        ["교부일", "사업", "수령자", "금액", "적요"],
        ["2024-03-05", program.name, GAON, 5_000_000, "파일"],
    ]
    kind, source = replace(DISBURSEMENTS, check=check), Source(xlsx(rows), "표.xlsx", accept_doubts=True)
    with pytest.raises(NotReady) as refused:
        commit(kind, source, user=None, today=date(2024, 6, 30), now=now())
    assert refused.value.changed
    assert not ImportBatch.objects.exists()
