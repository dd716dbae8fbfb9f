"""The ☎ line: ``일자리벤처과장: 남구현(☎879-6671) … 담당: 이정은(☎5753), 김태현(☎5754)``."""

from __future__ import annotations

import re

from .faults import Faults
from .model import ReadOfficer

_ROLE = re.compile(r"(?:(?<=[),·/;])|^)\s*([^:：,()☎☏\d]{1,40}?)\s*[:：]|(?<=\s)([^\s:：,()☎☏\d]+)\s*[:：]")
_ACTING = re.compile(r"\^\s?\S?대\s+|\^\S+\s+|^代\s*|^\(대\)\s*|^직무대리\s+")
_PHONE = re.compile(
    r"[(（]?\s*(?:☎|☏|℡|T\.|TEL\.?|Tel\.?|전화|내선|연락처)\s*[:.]?\s*(?P<marked>\d[\d\-~. )]*\d)\s*[)）]?"
    r"|[(（]\s*(?P<plain>\d[\d\- ]{2,}\d)\s*[)）]"
)


def read_officers(text: str, line: int, faults: Faults) -> list[ReadOfficer]:
    """Everybody the line names. A person without a role of his own has the one before."""
    officers: list[ReadOfficer] = []
    parts = _ROLE.split(text)
    before = parts[0].strip(" ,·/")
    if before:
        officers += _people("", before, line, faults)
    for first, second, people in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        officers += _people((first or second).strip(), people, line, faults)
    return officers


def _people(role: str, text: str, line: int, faults: Faults) -> list[ReadOfficer]:
    found: list[ReadOfficer] = []
    at = 0
    pieces: list[tuple[str, str]] = []
    for phone in _PHONE.finditer(text):
        pieces.append((text[at : phone.start()], (phone["marked"] or phone["plain"]).strip(" )")))
        at = phone.end()
    pieces.append((text[at:], ""))
    for words, number in pieces:
        names = [name.strip(" ,·/;") for name in re.split(r"[,，/;]|\s·\s", words) if name.strip(" ,·/;")]
        for place, name in enumerate(names):
            phone_number = number if place == len(names) - 1 else ""
            found.append(_officer(role, name, phone_number, line, faults))
    return found


def _officer(role: str, name: str, phone: str, line: int, faults: Faults) -> ReadOfficer:
    plain = _ACTING.sub("", name).strip()
    if plain != name:
        faults.warn(line, f"사업담당: ‘{name}’의 앞 표시를 빼고 ‘{plain}’(으)로 읽었습니다.")
    if not role and " " in plain:
        role, _, plain = plain.rpartition(" ")
    return ReadOfficer(role or "담당", plain, phone, line)
