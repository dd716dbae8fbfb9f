"""Names and numbers of enterprises and persons: matching, checking, masking (DOMAIN §6, §8)."""

from __future__ import annotations

import re
import unicodedata

# The legal form is how a firm is written, not who it is. 협동조합 and 사회적협동조합 are not here:
# a cooperative and a company of one name are two enterprises.
FORMS_IN_BRACKETS = re.compile(r"\(\s*(?:주|사|유|재|주식회사|유한회사|사단법인|재단법인)\s*\)")
FORMS_BEFORE = re.compile(r"(?:^|(?<=\s))(?:주식회사|유한책임회사|유한회사|사단법인|재단법인)")
# 봉사단법인 does not end in 사단법인, so the corporations are taken off only in front.
FORMS_BEHIND = re.compile(r"(?:주식회사|유한책임회사|유한회사)(?=\s|$)")
# Between two digits a sign is part of the name (1.5도씨 is not 15도씨).
SIGNS = re.compile(r"(?<!\d)[-‐‑‒–—―_·ㆍ・‧.,'\"‘’“”()\[\]]+|[-‐‑‒–—―_·ㆍ・‧.,'\"‘’“”()\[\]]+(?!\d)")

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def name_key(text: str) -> str:
    """What two spellings of one enterprise share: ㈜나무, (주) 나무, 나무(주), 주식회사 나무 -> ``나무``.

    Ignores the legal form, spaces, full width, letter case, hyphens, dots and brackets. A name that
    is nothing but a legal form keeps it; a blank name has the key "".
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    bare = folded
    for forms in (FORMS_IN_BRACKETS, FORMS_BEFORE, FORMS_BEHIND):
        bare = forms.sub(" ", bare)
    return _squeeze(bare) or _squeeze(folded)


def _squeeze(text: str) -> str:
    return SIGNS.sub("", re.sub(r"\s+", "", text))


def business_number(text: str) -> str:
    """The ten digits of a 사업자등록번호 or 고유번호; hyphens, spaces and full-width digits are accepted.

    ValueError (Korean message) for anything else; nothing is padded or cut. The check digit is not
    looked at: a doubtful number is a warning (``business_number_ok``), not an error.
    """
    digits = re.sub(r"[\s\-‐‑–—]", "", unicodedata.normalize("NFKC", text))
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError(f"사업자등록번호는 숫자 10자리입니다: {text!r}")
    return digits


def business_number_ok(digits: str) -> bool:
    """Whether the tenth digit checks: weights 1 3 7 1 3 7 1 3 5, plus ⌊9th × 5 / 10⌋, complement to 10."""
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    numbers = [int(digit) for digit in digits]
    total = (
        sum(weight * number for weight, number in zip(WEIGHTS, numbers[:9], strict=True))
        + numbers[8] * 5 // 10
    )
    return (10 - total % 10) % 10 == numbers[9]


def show_business_number(digits: str) -> str:
    """``000-00-00000``; anything that is not ten digits is shown as it is."""
    if not re.fullmatch(r"[0-9]{10}", digits):
        return digits
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def mask_person(name: str) -> str:
    """``홍길동`` -> ``홍○○``: the first letter stays, every other becomes ○; spaces stay."""
    name = name.strip()
    return name[:1] + "".join(letter if letter.isspace() else "○" for letter in name[1:])


def mask_phone(phone: str) -> str:
    """``010-1234-5678`` -> ``010-****-5678``: the area code and the last four digits stay, signs too.

    Seven or eight digits have no area code; fewer than seven (an extension) are masked whole.
    """
    digits = [at for at, letter in enumerate(phone) if letter.isdigit()]
    hidden = set(digits if len(digits) < 7 else digits[_area_code(phone, digits) : -4])
    return "".join("*" if at in hidden else letter for at, letter in enumerate(phone))


def _area_code(phone: str, digits: list[int]) -> int:
    """How many leading digits are the area code: 02 has two, other zeros three, the rest none."""
    number = "".join(phone[at] for at in digits)
    if len(number) < 9 or not number.startswith("0"):
        return 0
    return 2 if number.startswith("02") else 3
