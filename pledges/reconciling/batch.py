"""What the checks read, fetched once for a batch of pledges: each a query or two, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Min, prefetch_related_objects
from django.utils import timezone

from accounts.models import DeadlineRule
from common.periods import Quarter
from markets.models import MarketDay, Mode, Participation, State
from pledges import figures, measures, targets
from pledges.achievement import Plan
from pledges.execution import Execution, executions
from pledges.models import (
    Activity,
    DocumentNote,
    Engagement,
    ExecutionOpening,
    Indicator,
    Measure,
    Pledge,
    Result,
    Term,
)
from pledges.quarters import Counted, counted_by
from pledges.reconciling import late_entries
from pledges.reconciling.books import Books, ByKey, grouped
from pledges.reconciling.late_entries import Late
from pledges.reconciling.ledger import PAYMENT, Paid
from pledges.reconciling.register_openings import Registers
from pledges.spent import Spent, settled
from subsidies.models import Program
from subsidies.models.programs import Basis


@dataclass(eq=False)
class Batch(Books):
    """Pledges of one term at the end of ``as_of``. Everything is fetched when a check first asks for it."""

    pledges: list[Pledge]
    as_of: date

    def __post_init__(self) -> None:
        prefetch_related_objects(self.pledges, "programs", "markets", "spaces", "indicators", "term")

    @property
    def term(self) -> Term:
        return self.pledges[0].term

    @property
    def day(self) -> date:
        """The day of the indicators: they stop at the term's last (DOMAIN §3.8)."""
        return min(self.as_of, self.term.ends_on)

    @cached_property
    def programs(self) -> dict[int, Program]:
        return {program.pk: program for pledge in self.pledges for program in pledge.programs.all()}

    @cached_property
    def indicators(self) -> list[Indicator]:
        return [row for pledge in self.pledges for row in pledge.indicators.all() if not row.is_void]

    @cached_property
    def checkpoints(self) -> figures.Facts:
        return figures.load_facts(self.indicators, self.day)

    @cached_property
    def records(self) -> measures.Records:
        return measures.load(self.indicators, self.day, self.checkpoints.closed_through)

    @cached_property
    def plans(self) -> dict[int, Plan]:
        return targets.plans(self.indicators, self.day)

    @cached_property
    def counted(self) -> dict[tuple[int, Quarter], Counted]:
        """What the records count for every quarter that has a result."""
        results = [row for rows in self.checkpoints.results.values() for row in rows]
        wanted = sorted({figures.quarter_of(row) for row in results})
        measured = [row for row in self.indicators if row.measure]
        return counted_by(measured, wanted, self.day, self.checkpoints, self.records)

    @cached_property
    def executions(self) -> dict[int, Execution]:
        return executions(self.pledges, self.as_of)

    @cached_property
    def spent(self) -> list[Spent]:
        return settled(self.pledges, self.as_of)

    @cached_property
    def execution_openings(self) -> ByKey:
        """Openings of 집행액 by pledge, oldest first; what closings wrote is left out."""
        rows = ExecutionOpening.objects.live().filter(pledge__in=self.pledges, closed=False)
        return grouped(rows.filter(on__lte=self.as_of).order_by("on", "year"), "pledge_id")

    @cached_property
    def registers(self) -> Registers:
        return Registers(self.as_of)

    @cached_property
    def result_rule(self) -> DeadlineRule | None:
        """When a quarter's results are due; None where the office has switched the rule off."""
        return DeadlineRule.objects.filter(code="quarter_result", active=True).first()

    @cached_property
    def entered_on(self) -> dict[int, date]:
        """The day on which each result was first recorded, by its key."""
        first = Result.history.filter(indicator_id__in=[row.pk for row in self.indicators], history_type="+")
        return {pk: timezone.localdate(when) for pk, when in first.values_list("id", "history_date")}

    @cached_property
    def in_use_since(self) -> date | None:
        """The day on which the first result of all was recorded: before it nobody could record one in time."""
        first = Result.history.filter(history_type="+").aggregate(first=Min("history_date"))["first"]
        return first and timezone.localdate(first)

    @cached_property
    def late(self) -> dict[int, list[Late]]:
        return late_entries.load(self.pledges, self.as_of)

    @cached_property
    def activities(self) -> ByKey:
        linked = ("disbursement", "event", "entrustment", "contract")
        rows = Activity.objects.live().filter(pledge__in=self.pledges).up_to(self.as_of)
        return grouped(rows.select_related(*linked).order_by("no"), "pledge_id")

    @cached_property
    def engagements(self) -> ByKey:
        rows = Engagement.objects.live().filter(pledge__in=self.pledges).up_to(self.as_of)
        return grouped(rows.order_by("no"), "pledge_id")

    @cached_property
    def document_notes(self) -> ByKey:
        rows = DocumentNote.objects.live().filter(pledge__in=self.pledges, kind="differs")
        return grouped(rows, "pledge_id")

    @cached_property
    def vendor_names(self) -> dict[int, list[tuple[int, str, str]]]:
        """Vendors that only their names tell of, by market: the event's key and name, the vendor's name."""
        rows = Participation.objects.live().filter(
            event__market__pledges__in=self.pledges, event__voided_at__isnull=True
        )
        found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        fields = ("event__market_id", "event_id", "event__name", "vendor_name")
        for market, *vendor in rows.exclude(vendor_name="").order_by(*fields).values_list(*fields).distinct():
            found[market].append((vendor[0], vendor[1], vendor[2]))
        return found

    @cached_property
    def planned_days(self) -> dict[int, list[MarketDay]]:
        """Offline market days before ``as_of`` that are still 예정, by market."""
        rows = MarketDay.objects.live().filter(
            event__market__pledges__in=self.pledges,
            event__voided_at__isnull=True,
            state=State.PLANNED,
            mode=Mode.OFFLINE,
            day__lt=self.as_of,
        )
        found: dict[int, list[MarketDay]] = defaultdict(list)
        for row in rows.select_related("event").order_by("day", "pk").distinct():
            found[row.event.market_id].append(row)
        return found


@dataclass(frozen=True, eq=False)
class Facts:
    """One pledge's part of a batch: what each check takes."""

    pledge: Pledge
    batch: Batch

    @property
    def as_of(self) -> date:
        return self.batch.as_of

    @property
    def term(self) -> Term:
        return self.batch.term

    @property
    def programs(self) -> list[Program]:
        return list(self.pledge.programs.all())

    @cached_property
    def all_paid(self) -> list[Paid]:
        """Ledger rows of the pledge's programmes up to the day, also from before the term."""
        return [row for program in self.programs for row in self.batch.ledger.get(program.pk, ())]

    @cached_property
    def paid(self) -> list[Paid]:
        """Those from the term's first calendar year on (DOMAIN §3.8)."""
        first = self.term.starts_on.year
        return [row for row in self.all_paid if row.year >= first]

    @cached_property
    def spent(self) -> list[Spent]:
        """Settlements of the programmes that count what was spent (실집행액) instead of what was paid."""
        return [row for row in self.batch.spent if row.pledge == self.pledge.pk]

    def counts_paid(self, row: Paid) -> bool:
        """Whether 예산 집행액 counts the row: not where its programme counts what was spent."""
        return row.is_executed and self.batch.programs[row.program].basis == Basis.DISBURSED

    @cached_property
    def payments(self) -> list[Paid]:
        return [row for row in self.paid if row.kind == PAYMENT]

    @cached_property
    def payments_by_key(self) -> dict[int, Paid]:
        return {row.pk: row for row in self.payments}

    @cached_property
    def payments_on(self) -> dict[date, list[Paid]]:
        found: dict[date, list[Paid]] = defaultdict(list)
        for row in self.payments:
            found[row.day].append(row)
        return found

    def is_after_term(self, row: Paid) -> bool:
        """임기 후: of the last year's money or a later one, and paid after the term."""
        return row.day > self.term.ends_on and row.year >= self.term.ends_on.year

    @cached_property
    def indicators(self) -> list[Indicator]:
        return [row for row in self.batch.indicators if row.pledge_id == self.pledge.pk]

    @property
    def activities(self) -> list[Activity]:
        return self.batch.activities.get(self.pledge.pk, [])

    @property
    def engagements(self) -> list[Engagement]:
        return self.batch.engagements.get(self.pledge.pk, [])

    @property
    def execution(self) -> Execution:
        return self.batch.executions[self.pledge.pk]

    @property
    def uses_register(self) -> bool:
        """Whether the register of enterprises stands on the card, or is what an indicator counts."""
        counted = any(row.measure == Measure.ENTERPRISES for row in self.indicators)
        return self.pledge.shows_register or counted
