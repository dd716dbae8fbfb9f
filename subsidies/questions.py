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
_rules: list[Rule] = []


def register(rule: Rule) -> Rule:
    """Adds a rule; the same one twice counts once. Called in ``AppConfig.ready``."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


def must_ask(program: Program, enterprise: Enterprise, paid_on: date, exclude_pk: int | None = None) -> bool:
    """Whether a payment of that day needs the answer; ``exclude_pk`` is the row being edited."""
    return any(rule(program, enterprise, paid_on, exclude_pk) for rule in _rules)
