"""Which firm of the register a row of a list means, and how sure that is (DOMAIN §6)."""

from __future__ import annotations

from dataclasses import dataclass, field

from common.importing import Doubt
from enterprises.columns import EnterpriseLine
from enterprises.matching import Firm, Register, same_address


@dataclass
class Finding:
    """The firm that a row means, and what is doubtful about that."""

    firm: Firm | None = None
    doubts: list[Doubt] = field(default_factory=list)
    several: list[Firm] = field(default_factory=list)


def find_firm(register: Register, line: EnterpriseLine) -> Finding:
    """By number where it is known, else by name and address; how sure that is, is a doubt (DOMAIN §6)."""
    if line.business_number and (same := register.by_number.get(line.business_number)):
        firm = next((firm for firm in same if firm.key == register.key(line.name)), same[0])
        if firm.key != register.key(line.name):
            words = f"사업자등록번호가 같은 ‘{firm.name}’의 이름이 ‘{line.name}’(으)로 바뀌었습니까?"
            return Finding(firm, [Doubt("renamed", words)])
        return Finding(firm)
    return _by_name(register, line)


def _by_name(register: Register, line: EnterpriseLine) -> Finding:
    named = register.named(line.name)
    open_ones = [firm for firm in named if not (line.business_number and firm.number)]
    if not open_ones:
        if not named:
            return Finding()
        words = (
            f"같은 이름의 ‘{named[0].name}’이(가) 다른 번호({named[0].number})로 있습니다. 다른 기업입니까?"
        )
        return Finding(None, [Doubt("namesake", words)])
    same = [firm for firm in open_ones if same_address(firm.address, line.address)]
    if len(same) == 1 or len(open_ones) == 1:
        firm = (same or open_ones)[0]
        return _sure(firm, line, same_address(firm.address, line.address))
    planned = all(firm.pk is None for firm in open_ones)
    if planned and all(same_address(firm.address, line.address) is False for firm in open_ones):
        # One more of the name, at an address of its own.
        return _sure(open_ones[0], line, False)
    return Finding(several=same or open_ones)


def _sure(firm: Firm, line: EnterpriseLine, same: bool | None) -> Finding:
    doubts = []
    if "".join(firm.name.split()) != "".join(line.name.split()):
        doubts.append(
            Doubt("spelling", f"‘{firm.name}’과(와) 같은 기업을 달리 적은 것으로 봅니다. 맞습니까?")
        )
    if same is False and firm.pk is None:
        return Finding(
            None,
            [
                Doubt(
                    "namesake",
                    f"이 파일에 이름이 같고 주소가 다른 ‘{firm.name}’이(가) 또 있습니다. 다른 기업입니까?",
                )
            ],
        )
    if same is False:
        doubts.append(
            Doubt(
                "moved", f"이름이 같은 ‘{firm.name}’의 주소는 ‘{firm.address}’입니다. 옮긴 같은 기업입니까?"
            )
        )
    elif same is None and not doubts:
        doubts.append(
            Doubt("name_only", f"등록된 ‘{firm.name}’과(와) 이름만으로 같은 기업으로 봅니다. 맞습니까?")
        )
    return Finding(firm, doubts)
