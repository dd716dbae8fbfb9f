from typing import Any

from django import template

from accounts import permissions

register = template.Library()


@register.filter
def can(user: Any, verb: str) -> bool:
    """`{% if user|can:"edit_ledger" %}`: True if the user's role holds the verb."""
    return permissions.can(user, verb)
