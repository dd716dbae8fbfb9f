"""유형 as lists write it: 인증, 인증사회적기업, 예비사회적기업(지역형), 마을 기업 …"""

from __future__ import annotations

import re
from collections.abc import Iterable

from enterprises.models import DesignationKind

_BRACKETS = re.compile(r"[(\[].*?[)\]]")
# 지역형·부처형·서울형 예비사회적기업, 고용노동부형: who designated, not what it is.
_SIGNS = re.compile(r"[()\[\]]")
_INSIDE = re.compile(r"[(\[](.*?)[)\]]")
# (예비)사회적기업 without its brackets' words would be another kind.
PRELIMINARY = "예비"
# 지역자활기업, 청년마을기업: of what level or members, not what it is.
_LEVEL = re.compile(r"^(?:지역|광역|전국|중앙|청년|우수|모두애|신규|일반)")
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
        opened = _plain(_SIGNS.sub("", written))
        without = "" if PRELIMINARY in written else _plain(_BRACKETS.sub("", written))
        turned = _plain("".join(_INSIDE.findall(written)) + _BRACKETS.sub("", written))
        for name in (_plain(written), opened, turned, without):
            for form in (name, _FOUNDER.sub("", name), _LEVEL.sub("", name)):
                if form and form in self.names:
                    return self.names[form]
        return None

    @property
    def shown(self) -> str:
        return "·".join(kind.name for kind in self.all if kind.active)


def _plain(name: str) -> str:
    return re.sub(r"[\s·/]", "", name).casefold()
