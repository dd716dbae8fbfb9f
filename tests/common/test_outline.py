import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.outline import MARKERS, Line, read_outline, write_outline

PLAN = """\
- 운영방법: 전문성 있는 민간기관 선정·운영
- 주요사업
 - 사회적경제기업 발굴, 육성(기초교육, 컨설팅, 상담 등), 판로지원 등
 - 지역의제 발굴 및 네트워크 강화를 통한 협업사업 개발
※ 2024년부터 신규 선정 종료"""


def test_the_seed_is_read_by_level():
    assert [(line.level, line.marker) for line in read_outline(PLAN)] == [
        (1, "-"),
        (1, "-"),
        (2, "-"),
        (2, "-"),
        (1, "※"),
    ]
    assert read_outline(PLAN)[1] == Line(1, "-", "주요사업")


def test_the_seed_is_written_back_as_it_was():
    assert write_outline(read_outline(PLAN)) == PLAN


@pytest.mark.parametrize(
    ("row", "marker", "text"),
    [
        ("◆ 활성화", "◆", "활성화"),
        ("○관내 기업: 233개", "○", "관내 기업: 233개"),
        ("▶  대상: 관내 기업", "▶", "대상: 관내 기업"),
        ("* 22개 업체 참가", "*", "22개 업체 참가"),
        ("· 판로지원", "·", "판로지원"),
        ("-5.2% 감소", "", "-5.2% 감소"),
        ("그냥 한 줄", "", "그냥 한 줄"),
        ("민·관 협력 - 기획단", "", "민·관 협력 - 기획단"),
        ("-", "", "-"),
    ],
)
def test_markers(row, marker, text):
    assert read_outline(row) == [Line(1, marker, text)]


def test_wider_indents_blank_lines_and_windows_line_ends():
    assert read_outline("- 하나\r\n\r\n  - 둘 \r\n    - 셋\r\n- 넷") == [
        Line(1, "-", "하나"),
        Line(2, "-", "둘"),
        Line(3, "-", "셋"),
        Line(1, "-", "넷"),
    ]
    assert [line.level for line in read_outline("○ 하나\n\t- 둘\n\u3000- 셋")] == [1, 2, 2]


def test_nothing_is_an_outline_without_lines():
    assert read_outline("") == read_outline(" \n\n") == []
    assert write_outline([]) == ""


TEXTS = st.text("가나 1(:,·-", min_size=1).map(str.strip)


@st.composite
def outlines(draw):
    lines: list[Line] = []
    for deeper in draw(st.lists(st.integers(-3, 1))):
        level = max(1, lines[-1].level + deeper) if lines else 1
        text = draw(TEXTS.filter(lambda text: text and text[0] not in MARKERS))
        lines.append(Line(level, draw(st.sampled_from(["", *MARKERS])), text))
    return lines


@settings(deadline=None)
@given(outlines())
def test_an_outline_survives_writing_and_reading(lines):
    assert read_outline(write_outline(lines)) == lines
