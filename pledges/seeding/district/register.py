"""The register: enterprises with designations, and an opening where there is none yet."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from common.names import business_number_ok
from enterprises.models import Designation, DesignationKind, Enterprise, RegisterOpening

from .size import Frame

FIRST = ("가람", "나래", "다솜", "라온", "마루", "바른", "새움", "아람", "자람", "초록", "큰숲", "한결")
SECOND = ("돌봄", "공방", "밥상", "청소", "교육", "텃밭", "찻집", "책방", "수리", "영상", "여행", "디자인")
DONGS = ("신사동", "난향동", "행운동", "청룡동", "낙성대동", "서림동")
EARLIEST = date(2010, 1, 1)


def make_register(frame: Frame) -> list[Enterprise]:
    """The enterprises that hold a designation from before the first year on: those that may be paid."""
    firms = frame.writer.write([_enterprise(frame, number) for number in range(frame.size.enterprises)])
    kinds = list(DesignationKind.objects.filter(active=True, valid_from__isnull=True))
    # An opening that is there must not be moved: nothing may begin or end after it.
    grows = not RegisterOpening.objects.live().exists()
    moves = [
        grows and number > 0 for number in range(len(firms))
    ]  # the first stays: somebody must be payable
    rows = [_designation(frame, firm, kinds, may) for firm, may in zip(firms, moves, strict=True)]
    frame.writer.write(rows)
    if grows:
        frame.writer.write(_openings(frame, rows))
    return [row.enterprise for row in rows if _is_old(frame, row) and row.ended_on is None]


def _enterprise(frame: Frame, number: int) -> Enterprise:
    dice = frame.dice
    return Enterprise(
        name=f"{dice.choice(FIRST)}{dice.choice(SECOND)}{number + 1}(예시)",
        business_number=_business_number(number),
        dong=dice.choice(DONGS),
        industry=dice.choice(SECOND),
        is_example=True,
    )


def _business_number(number: int) -> str:
    """A number that checks but is nobody's: no tax office has the code 000."""
    front = f"{number + 1:09}"
    return next(front + digit for digit in "0123456789" if business_number_ok(front + digit))


def _designation(frame: Frame, firm: Enterprise, kinds: list[DesignationKind], may_move: bool) -> Designation:
    """Most begin before the first year and stay; if they may, some come later and some leave."""
    dice = frame.dice
    kind, fate = dice.choice(kinds), dice.random()
    before = frame.first_day - timedelta(days=1)
    row = Designation(enterprise=firm, kind=kind, starts_on=dice.day(min(EARLIEST, before), before))
    if may_move:
        if fate < 0.15:
            row.starts_on = dice.day(frame.first_day, frame.last_day(frame.years[-1]))
        elif fate < 0.2:
            row.ended_on = dice.day(frame.first_day, frame.last_day(frame.years[-1]))
            row.end_reason = "폐업(예시)"
    return row


def _is_old(frame: Frame, row: Designation) -> bool:
    return row.starts_on is not None and row.starts_on < frame.first_day


def _openings(frame: Frame, rows: list[Designation]) -> list[RegisterOpening]:
    """On the eve of the first year: what the designations say, and a few firms more that none names."""
    held = Counter(row.kind for row in rows if _is_old(frame, row))
    on = frame.first_day - timedelta(days=1)
    return [
        RegisterOpening(kind=kind, on=on, count=held[kind] + frame.dice.randrange(10))
        for kind in sorted(held, key=lambda kind: kind.pk)
    ]
