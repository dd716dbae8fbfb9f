"""Whatever is done to a card's text, reading never crashes and a refused import leaves nothing behind."""

from __future__ import annotations

import random

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .helpers import imported, read, text_of

TEXTS = [text_of(name) for name in ("seed-1-3.txt", "library.txt", "rural.txt", "turned.txt", "pipes.md")]
LINES = [text.splitlines() for text in TEXTS]
JUNK = [
    *("\t", "\t\t\t", "-", "24.394", "△5", "99999999999999999999", "2024. 2. 30.", "1-3 둘째 제목", "1/4"),
    *('"', "|", "\0", "민선99기(9999. 1.~1. 1.) 목표", "(단위: 원)", "(2024. 13. 기준)", "☑", "가" * 400),
    *("<input checked>", "구 분\t확인지표\t목표", "총 이행률(%)\t\t\t1e9", "국비:시비:구비\t기업수\t지원액"),
    *("1\t2\t3\t4\t5\t6\t7", "\u202e", "😀", "=1+1"),
]
PLEDGES = [apps.get_model(name) for name in ("pledges.Pledge", "pledges.Term", "pledges.Goal", "subsidies.Program",
           "enterprises.DesignationKind", "enterprises.Center", "pledges.DocumentNote")]  # fmt: skip


def mutated(which: int, seed: int, times: int) -> str:
    """A card's text with lines and cells dropped, doubled, moved, cut and replaced."""
    chance = random.Random(seed)
    lines = list(LINES[which])
    for _ in range(times):
        at = chance.randrange(len(lines))
        what = chance.randrange(7)
        if what == 0 and len(lines) > 1:
            del lines[at]
        elif what == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif what == 2:
            lines.insert(at, chance.choice(JUNK))
        elif what == 3:
            cells = lines[at].split("\t")
            cells[chance.randrange(len(cells))] = chance.choice(JUNK)
            lines[at] = "\t".join(cells)
        elif what == 4:
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        elif what == 5:
            cells = lines[at].split("\t")
            chance.shuffle(cells)
            lines[at] = "\t".join(cells)
        else:
            lines[at] = lines[at].replace("\t", " ")
    return "\n".join(lines)


@pytest.mark.any_database
@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(TEXTS) - 1), st.integers(0, 10**6), st.integers(1, 25))
def test_reading_never_crashes_and_drops_no_line(which: int, seed: int, times: int) -> None:
    found = read(mutated(which, seed, times))
    placed = {no for no, _, part in found.lines if part}
    left = {row.line for row in found.unplaced}
    for no, text, _ in found.lines:
        assert not text.strip() or no in placed or no in left or set(text) <= set("|-:─ +=\t")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
@example("\t")
@example("1-1 가\n국비\t-\n2024\t1")
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(TEXTS) - 1), st.integers(0, 10**6), st.integers(1, 12))
def test_an_import_saves_everything_or_nothing(which: int, seed: int, times: int) -> None:
    with transaction.atomic():
        outcome = imported(mutated(which, seed, times))
        kept = sum(model.objects.count() for model in PLEDGES)
        if outcome.failed:
            assert outcome.pledge is None
            assert kept == 0
        else:
            assert outcome.pledge is not None
            assert outcome.pledge.pk
        transaction.set_rollback(True)
