"""A long import tells how far it has come, and says at the end what was saved."""

import re

import pytest
from django.test import Client

from subsidies.models import Disbursement
from tests.imports.test_pages import GAON, HEADER, page, uploaded
from tests.subsidies import factories as ledger


@pytest.mark.django_db(transaction=True)
def test_the_answer_arrives_in_pieces(staff: Client) -> None:
    program = ledger.program()
    ledger.year(program)
    ledger.award(program, ledger.enterprise(GAON), 90_000_000)
    batch = uploaded(staff, [HEADER, ["2024-03-05", program.name, GAON, 5_000_000]])
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page(staff, batch))
    assert fingerprint
    told = {"revision": batch.revision, "fingerprint": fingerprint[1], "rows": 5_000}
    response = staff.post(f"/imports/{batch.pk}/confirm/", told)
    assert response.streaming
    pieces = [piece.decode() for piece in response.streaming_content]  # type: ignore[attr-defined]
    assert "확인하는 중 1줄" in "".join(pieces[1:-2])
    assert "저장했습니다: 새로 1줄" in pieces[-2]
    assert Disbursement.objects.get().amount == 5_000_000
