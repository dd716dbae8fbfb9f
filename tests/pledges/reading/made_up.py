"""Cards made up at random in the layout of the seed, each with what it says: years, sources, units (예시)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from common.money import half_up

T = TypeVar("T")
SCALES = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}
SOURCES: tuple[dict[str, str], ...] = (
    {"국 비": "national", "시 비": "city", "구 비": "district", "기 타": "other"},
    {"국비": "national", "시비": "city", "구비": "district"},
    {"국비": "national", "도비": "city", "시비": "district", "민자": "other"},
    {"국비": "national", "도비": "city", "군비": "district"},
    {"국비": "national", "지방비": "district", "민자": "other"},
    {"시비": "city", "구비": "district"},
    {"국비": "national", "도비": "city", "시군비": "district", "기금": "other"},
)
BOXES = (("☐", "☑"), ("□", "■"), ("[ ]", "[v]"), ("( )", "(○)"), ("○", "●"), ("□", "▣"))
STATES = {"완료": "done", "정상추진": "on_track", "일부추진": "partial", "보류": "on_hold", "사업완료": "done",
          "계속추진": "continuing", "정상": "on_track", "부진": "", "미착수": ""}  # fmt: skip
NAMES = (("조성 개소", "개소"), ("교육 인원", "명"), ("개최 횟수", "회"), ("주민 만족도", "%"), ("설치 대수", "대"),
         ("정비 면적", "㎡"), ("상담 건수", "건"), ("참여율", "%"))  # fmt: skip
NUMBERS = ("1-3", "가-1", "III-①-1", "2-10", "A-3", "5-2-1")
YEARS = ("20{}", "20{}년", "’{}", "'{}년", "{}년")
QUARTERS = (["1/4", "2/4", "3/4", "4/4"], ["1분기", "2분기", "3분기", "4분기"], ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"])


@dataclass
class Row:
    """An indicator: what the card says of it."""

    name: str
    unit: str
    weight: Decimal | None
    target: Decimal
    years: dict[int, Decimal | None]
    actual: Decimal
    rate: str
    quarters: dict[int, tuple[Decimal | None, ...]] = field(default_factory=dict)


@dataclass
class Truth:
    """What a made-up card says; money in won by our sources."""

    number: str
    term: str
    state: str
    rows: list[Row]
    cost: dict[str, int]
    spent: dict[tuple[str, int | str], int]
    overall: str | None
    findings: set[str] = field(default_factory=set)


class Maker:
    """One card by its seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        term = self.pick((7, 8, 8, 9))
        self.first = 1998 + 4 * (term - 2)
        last = self.pick((4, 5, 5, 5, 6))
        self.years = list(range(self.first, self.first + last))
        self.unit = self.pick(tuple(SCALES))
        self.places = self.pick((0, 1, 2)) if self.unit == "억원" else 0
        self.none = self.pick(("-", "", "0", "–"))
        self.year = self.pick(YEARS)
        self.box = self.pick(BOXES)
        self.sources = self.pick(SOURCES)
        self.truth = Truth(
            self.pick(NUMBERS), f"민선{term}기", self.pick(tuple(STATES)), self._indicators(), {}, {}, None
        )

    def pick(self, options: tuple[T, ...]) -> T:
        return self.chance.choice(options)

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def _indicators(self) -> list[Row]:
        chosen = self.chance.sample(NAMES, self.chance.randrange(1, 8))
        weights = self._weights(len(chosen))
        self.rate_places = self.pick((1, 1, 2))
        return [self._indicator(*each, weight) for each, weight in zip(chosen, weights, strict=True)]

    def _weights(self, count: int) -> list[Decimal | None]:
        if self.likely(0.3):
            return [None] * count
        cuts = sorted(self.chance.sample(range(1, 100), count - 1))
        return [Decimal(high - low) for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]

    def _indicator(self, name: str, unit: str, weight: Decimal | None) -> Row:
        scale = self.pick((1, 1, 10, 100))
        values: dict[int, Decimal | None] = {}
        for at, year in enumerate(self.years):
            is_empty = unit != "%" and at and self.likely(0.1)
            value = (
                Decimal(60 + 3 * at) if unit == "%" else Decimal(self.chance.randrange(1, 40 * scale)) / scale
            )
            values[year] = None if is_empty else value
        known = [value for value in values.values() if value is not None]
        target = known[-1] if unit == "%" else sum(known, Decimal(0))
        actual = Decimal(self.chance.randrange(int(target * 13) + 1)) / 10
        rate = half_up(Fraction(actual) * 100 / Fraction(target), self.rate_places)
        return Row(name, unit, weight, target, values, actual, f"{rate:f}")

    def money(self, most: int) -> Decimal:
        return Decimal(self.chance.randrange(most * 10**self.places)) / 10**self.places

    def cell(self, value: Decimal) -> str:
        return figure(value) if value else self.none

    def won(self, value: Decimal) -> int:
        return int(value * SCALES[self.unit])

    def card(self) -> str:
        """The text; ``truth`` is complete after it."""
        parts = [self._spent(), self._targets(), self._quarters(), self._results()]
        text = "\n\n".join([self._head(), *parts[1:], parts[0], "향후계획\n\n- 계속 추진"]) + "\n"
        if self.likely(0.2):
            text = "\n".join(line.rstrip("\t") for line in text.split("\n"))
        return text.replace("\n", "\r\n") if self.likely(0.15) else text

    def _ticks(self, options: list[str], ticked: str) -> str:
        return " ".join(f"{self.box[option == ticked]} {option}" for option in options)

    def _head(self) -> str:
        options = ["완료", "정상추진", "일부추진"]
        state = self.truth.state
        options += [state] if state not in options else []
        total = sum(self.costs.values(), Decimal(0))
        if self.likely(0.15):
            total += 1
            self.truth.findings.add("총사업비 계")
        columns = [("계", figure(total)), *((name, self.cell(value)) for name, value in self.costs.items())]
        columns = columns[1:] + columns[:1] if self.likely(0.25) else columns
        names, values = zip(*columns, strict=True)
        return "\n".join([
            f"{self.truth.number} 살기 좋은 길 (예시)", "",
            "\t".join(["사업성격", self._ticks(["신규", "계속"], "계속"), "사업기간", "2022.~2026."]),
            "\t".join([f"총사업비 ({self.unit})", *names, "추진상황", self._ticks(options, state)]),
            "\t".join(["", *values, "", ""]),
        ])  # fmt: skip

    def _targets(self) -> str:
        heads = [self.year.format(str(year)[2:]) for year in self.years]
        is_last = self.likely(0.2)
        top = ["구 분", "확인지표", "단위", *([*heads, "계"] if is_last else ["목표", *heads])]
        lines = [f"{self.truth.term}({self.first}. 7.~{self.first + 4}. 6.) 목표", "", "\t".join(top)]
        for no, row in enumerate(self.truth.rows, start=1):
            values = [shown(value) for value in row.years.values()]
            target = figure(row.target)
            cells = [*values, target] if is_last else [target, *values]
            lines.append("\t".join([str(no), row.name, row.unit, *cells]))
        return "공약달성 확인지표\n\n" + "\n".join(lines)

    def _quarters(self) -> str:
        year = self.first + 2
        if self.likely(0.4) or any(row.years[year] is None for row in self.truth.rows):
            return ""
        heads = self.chance.choice(QUARTERS)
        lines = [
            f"{year}년 분기별 목표",
            "",
            f"구 분\t확인지표\t단위\t{year}년 목표",
            "\t".join(["", "", "", "계", *heads]),
        ]
        for no, row in enumerate(self.truth.rows, start=1):
            target = row.years[year] or Decimal(0)
            row.quarters[year] = (None, None, None, target)
            lines.append(
                "\t".join([str(no), row.name, row.unit, figure(target), "-", "-", "-", figure(target)])
            )
        return "\n".join(lines)

    def _results(self) -> str:
        weighted = self.truth.rows[0].weight is not None
        percent = "%" if self.likely(0.2) else ""
        heads = [
            "구 분",
            *(["전체사업 대비비율(%)"] if weighted else []),
            "확인지표",
            "단위",
            "목표",
            "누적 실적",
            "이행률(%)",
        ]
        lines = ["추진실적 총괄", "", "\t".join(heads)]
        for no, row in enumerate(self.truth.rows, start=1):
            cells = [row.name, row.unit, figure(row.target), figure(row.actual), row.rate + percent]
            lines.append("\t".join([str(no), *([f"{row.weight}{percent}"] if weighted else []), *cells]))
        if weighted:
            total = sum(
                Fraction(row.weight or 0) * min(Fraction(row.actual) / Fraction(row.target), Fraction(1))
                for row in self.truth.rows
            )
            self.truth.overall = f"{half_up(Fraction(total), self.rate_places):f}"
            lines.append("\t".join(["총 이행률(%)", *[""] * (len(heads) - 2), self.truth.overall + percent]))
        return "\n".join(lines)

    def _spent(self) -> str:
        """The costs are what is spent and more, so that no table exceeds them."""
        years = self.years[: 5 if self.likely(0.8) else 3]
        has_after, has_sub, is_last = self.likely(0.5), self.likely(0.6), self.likely(0.25)
        after = {name: self.money(50) if has_after else Decimal(0) for name in self.sources}
        spent = {name: {year: self.money(500) for year in years} for name in self.sources}
        self.costs = {
            name: sum(spent[name].values(), after[name]) + self.money(300) + 1 for name in self.sources
        }
        self.truth.cost = {self.sources[name]: self.won(value) for name, value in self.costs.items()}
        for name, values in spent.items():
            self.truth.spent |= {
                (self.sources[name], year): self.won(value) for year, value in values.items()
            }
            if has_after:
                self.truth.spent[self.sources[name], "임기 후"] = self.won(after[name])
        lines = self._spent_heads(years, has_sub, has_after, is_last)
        total = {year: sum((spent[name][year] for name in spent), Decimal(0)) for year in years}
        rows = [("총 계", total, sum(after.values(), Decimal(0))), *((n, spent[n], after[n]) for n in spent)]
        miss = self.likely(0.2)
        for name, values, rest in rows if self.likely(0.7) else rows[1:] + rows[:1]:
            inside = sum(values.values(), Decimal(0))
            whole = inside + rest + (miss and name == "총 계")
            cells = [*([inside] if has_sub else []), *values.values(), *([rest] if has_after else [])]
            cells = [*cells, whole] if is_last else [whole, *cells]
            lines.append("\t".join([name, *map(self.cell, cells)]))
        if miss:
            self.truth.findings.add("예산 집행액 총계 계")
        return "\n".join(lines)

    def _spent_heads(self, years: list[int], has_sub: bool, has_after: bool, is_last: bool) -> list[str]:
        """One head row or two; the sum before the years or behind them."""
        heads = [*(["소계"] if has_sub else []), *map(str, years)]
        behind = [*(["임기 후"] if has_after else []), *(["계"] if is_last else [])]
        before = [] if is_last else ["계"]
        lines = ["□ 예산 집행액", "", f"(단위: {self.unit})", ""]
        if (has_sub or has_after) and self.likely(0.6):
            inside = ["임기 내", *[""] * (len(heads) - 1)]
            return [
                *lines, "\t".join(["구 분", *before, *inside, *behind]), "\t".join(["", *[""] * len(before), *heads])
            ]  # fmt: skip
        return [*lines, "\t".join(["구 분", *before, *heads, *behind])]


def figure(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def shown(value: Decimal | None) -> str:
    return "-" if value is None else figure(value)
