"""Two officers pay from the same budget at the same moment (DOMAIN §4.9). Needs a database with row locks."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from subsidies.disbursing import OverBudget, give_back, record
from subsidies.models import Disbursement
from tests.subsidies import factories as make

needs_locks = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's one writer holds everything")
pytestmark = [pytest.mark.django_db(transaction=True), needs_locks]


def at_once(deed, people: int = 2) -> list[Exception]:
    """Runs ``deed(number)`` in threads that start together; what they raised."""
    gate, faults = Barrier(people), []

    def run(number: int) -> None:
        try:
            gate.wait()
            with transaction.atomic():
                deed(number)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_only_one_takes_the_last_won():
    program, firms = make.program(), [make.enterprise(), make.enterprise()]
    make.budget(make.year(program), 1_000_000)

    def pay(number: int) -> None:
        row = Disbursement(
            program=program,
            enterprise=firms[number],
            fiscal_year=2024,
            paid_on=date(2024, 4, 25),
            district=1_000_000,
        )
        record(row, blocks_over_budget=True)

    (fault,) = at_once(pay)
    assert isinstance(fault, OverBudget)
    assert Disbursement.objects.count() == 1


def test_two_returns_do_not_exceed_the_payment():
    paid = make.disbursement(make.program(), 1_000_000)
    (fault,) = at_once(lambda number: give_back(paid, 600_000, date(2024, 6, 1)))
    assert isinstance(fault, ValueError)
    assert Disbursement.objects.filter(returns=paid).count() == 1
