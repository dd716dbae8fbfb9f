"""유형 as lists write it: 인증, 인증사회적기업, 예비사회적기업(지역형), 마을 기업 …"""

from __future__ import annotations

import re
from collections.abc import Iterable

from enterprises.models import DesignationKind

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
# 지역형·부처형·서울형 예비사회적기업, 고용노동부형: who designated, not what it is.
_FOUNDER = re.compile(r"^[가-힣]{1,6}형")


class Kinds:
    """Every kind by every name that it goes by; spaces are ignored."""

    def __init__(self, kinds: Iterable[DesignationKind] | None = None) -> None:
        self.names: dict[str, DesignationKind] = {}
        self.all = list(DesignationKind.objects.all() if kinds is None else kinds)
        for kind in self.all:
            for name in (kind.name, kind.short_name, kind.code, *kind.aliases.split(",")):
                if name.strip():
                    self.names.setdefault(_plain(name), kind)

    def find(self, written: str) -> DesignationKind | None:
        """The kind that ``written`` names; None rather than a guess."""
        plain = _plain(written)
        without = _plain(_BRACKETS.sub("", written))
        for name in (plain, without, _FOUNDER.sub("", without)):
            if name in self.names:
                return self.names[name]
        return None

    @property
    def shown(self) -> str:
        return "·".join(kind.name for kind in self.all if kind.active)


def _plain(name: str) -> str:
    return re.sub(r"[\s·/]", "", name).casefold()
