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
# (program, year of payment) -> whether the rule can ask at all: an import of 10,000 rows asks this first
Possible = Callable[[Program, int], bool]
_rules: dict[Rule, Possible | None] = {}


def register(rule: Rule, possible: Possible | None = None) -> Rule:
    """Adds a rule; the same one twice counts once. Called in ``AppConfig.ready``."""
    _rules[rule] = possible
    return rule


def may_ask(program: Program, year: int) -> bool:
    """Whether any first payment of the programme in that year could need the answer."""
    return any(possible is None or possible(program, year) for possible in _rules.values())


def must_ask(program: Program, enterprise: Enterprise, paid_on: date, exclude_pk: int | None = None) -> bool:
    """Whether a payment of that day needs the answer; ``exclude_pk`` is the row being edited."""
    return any(rule(program, enterprise, paid_on, exclude_pk) for rule in _rules)
