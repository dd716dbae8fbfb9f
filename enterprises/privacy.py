"""Personal data of the register: name, phone, mail of representatives; names of committee members (DOMAIN §6, §9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from accounts.models import Office
from accounts.permissions import can
from common.history import Change
from common.names import mask_person, mask_phone
from enterprises.models import Enterprise


@dataclass(frozen=True)
class Personal:
    """What a page shows of an enterprise's representative; masked or not."""

    representative: str
    phone: str
    email: str
    masked: bool

    @property
    def any(self) -> bool:
        return bool(self.representative or self.phone or self.email)


def sees_personal_data(user: Any) -> bool:
    """Whether ``user`` reads persons unmasked: by the role, or because the office masks nothing."""
    return can(user, "view_personal_data") or not Office.current().masks_personal_data


def personal(enterprise: Enterprise, *, masked: bool) -> Personal:
    if not masked:
        return Personal(enterprise.representative, enterprise.phone, enterprise.email, False)
    return Personal(
        mask_person(enterprise.representative),
        mask_phone(enterprise.phone),
        mask_mail(enterprise.email),
        True,
    )


def mask_mail(address: str) -> str:
    """``hong@example.org`` -> ``h***@example.org``."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else mask_person(address)


MASKS = {"대표자": mask_person, "전화번호": mask_phone, "전자우편": mask_mail, "성명": mask_person}


def masked_changes(changes: Iterable[Change], *, names: Iterable[str] = ()) -> list[Change]:
    """The changes with the values of personal fields masked; ``names``: persons whose name is the record's own."""
    persons = set(names)
    return [
        replace(
            change,
            what=mask_person(change.what) if change.what in persons else change.what,
            deltas=tuple(
                replace(delta, old=MASKS[delta.label](delta.old), new=MASKS[delta.label](delta.new))
                if delta.label in MASKS
                else delta
                for delta in change.deltas
            ),
        )
        for change in changes
    ]
