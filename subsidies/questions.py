"""The question that a first payment may ask: "도입 전 누계에 이미 포함된 기업입니까?" (DOMAIN §3.5).

Whether it must be asked depends on what the office counts, which is known above: the upper app registers its rule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from enterprises.models import Enterprise
from subsidies.models import Program

QUESTION = "도입 전 누계에 이미 포함된 기업입니까?"

# (program, enterprise, day of payment, ledger row to leave out) -> whether to ask
Rule = Callable[[Program, Enterprise, date, int | None], bool]
# (enterprise, day of payment) -> whether to ask, for new rows of one programme and year
Asker = Callable[[Enterprise, date], bool]
# (program, year of payment) -> the same rule with everything looked up once: an import has 10,000 rows
ForMany = Callable[[Program, int], Asker]
_rules: dict[Rule, ForMany | None] = {}


def register(rule: Rule, for_many: ForMany | None = None) -> Rule:
    """Adds a rule; the same one twice counts once. Called in ``AppConfig.ready``."""
    _rules[rule] = for_many
    return rule


def asker(program: Program, year: int) -> Asker:
    """``must_ask`` for many new payments of one programme in one year."""
    askers = [
        for_many(program, year) if for_many else one_by_one(rule, program)
        for rule, for_many in _rules.items()
    ]
    return lambda enterprise, paid_on: any(ask(enterprise, paid_on) for ask in askers)


def one_by_one(rule: Rule, program: Program) -> Asker:
    return lambda enterprise, paid_on: rule(program, enterprise, paid_on, None)


def must_ask(program: Program, enterprise: Enterprise, paid_on: date, exclude_pk: int | None = None) -> bool:
    """Whether a payment of that day needs the answer; ``exclude_pk`` is the row being edited."""
    return any(rule(program, enterprise, paid_on, exclude_pk) for rule in _rules)
