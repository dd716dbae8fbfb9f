"""One spelling for the signs that keyboards, 한글 and Excel write differently.

NFKC is not used: it turns ² into 2 and ① into 1, and 10² must not become 102.
"""

import re
import unicodedata

from common.notation.errors import Refused

MAX_LENGTH = 200
EXCEL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "##")

_INVISIBLE = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
_FOLD: dict[int, str] = {
    **{0xFF01 + i: chr(0x21 + i) for i in range(94)},
    **dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)], " "),
    **dict.fromkeys([0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys(map(ord, "∼～〜˜⁓∽"), "~"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-"),
    **dict.fromkeys(map(ord, "’‘‛′´`＇"), "'"),
    **dict.fromkeys(map(ord, "∶：︓"), ":"),
    **dict.fromkeys(map(ord, "▲∆Δ▵"), "△"),
    **dict.fromkeys(map(ord, "￦"), "₩"),
    **dict.fromkeys(map(ord, "ㆍ・‧･∙•"), "·"),
}


def fold(text: str) -> str:
    """Full-width signs, odd spaces, tildes, dashes and quotes made plain, character for character (same length)."""
    return text.translate(_FOLD)


def clean(text: str) -> str:
    """`fold`, without invisible characters, single-spaced and trimmed. Raises Refused for what no reader reads:
    an empty text, an error value of Excel, a formula, more than MAX_LENGTH characters.
    """
    if len(text) > MAX_LENGTH * 5:
        raise _too_long(len(text))
    folded = fold(unicodedata.normalize("NFC", text).translate(_INVISIBLE))
    line = re.sub(" +", " ", folded).strip()
    if not line:
        raise Refused("빈 칸입니다.", "값을 적거나, 값이 없으면 ‘-’로 적어 주십시오.")
    if len(line) > MAX_LENGTH:
        raise _too_long(len(line))
    if line.upper().startswith(EXCEL_ERRORS):
        raise Refused("엑셀의 오류 값입니다.", "엑셀에서 수식을 고친 뒤 다시 가져와 주십시오.")
    if line.startswith("="):
        raise Refused("값이 아니라 수식입니다.", "엑셀에서 ‘값 붙여넣기’를 한 뒤 다시 가져와 주십시오.")
    return line


def _too_long(length: int) -> Refused:
    return Refused(f"글자가 너무 많습니다({length}자).", f"값 하나만 {MAX_LENGTH}자 안으로 적어 주십시오.")
