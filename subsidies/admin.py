"""Code tables of the subsidies: programmes, their guide, ratios per year, budget kinds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from common.admin import CodeTableAdmin, KeptAdmin, KeptInline
from subsidies.models import BudgetKind, Program, ProgramGroup, ProgramYear


class ProgramYearInline(KeptInline):
    """분담률 by year; officers change them on the programme's own page, with a reason."""

    model = ProgramYear
    fields = ("year", "national", "city", "district", "other", "planned_amount", "planned_note", "source")
    ordering = ("-year",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Only the row's own page raises its revision.
        return False


@admin.register(Program)
class ProgramAdmin(CodeTableAdmin):
    list_display = (
        "name",
        "group",
        "host",
        "regime",
        "pays_enterprises",
        "in_support_table",
        "position",
        "active",
    )
    list_filter = ("active", "regime", "pays_enterprises")
    list_select_related = ("group",)
    search_fields = ("name", "aliases")
    inlines = (ProgramYearInline,)
    fieldsets = (
        (None, {"fields": ("name", "group", "host", "regime", "aliases", "position", "active")}),
        ("돈", {"fields": ("basis", "split_unit", "pays_enterprises", "detail_business", "statistics_item")}),
        ("공약카드", {"fields": ("in_support_table", "counts_people", "log_phrase", "log_noun")}),
    )


@admin.register(ProgramGroup)
class ProgramGroupAdmin(CodeTableAdmin):
    list_display = ("name", "host", "position", "active")
    list_filter = ("active",)


@admin.register(BudgetKind)
class BudgetKindAdmin(CodeTableAdmin):
    list_display = ("name", "position", "active")
    list_filter = ("active",)


@admin.register(ProgramYear)
class ProgramYearAdmin(KeptAdmin):
    list_display = ("program", "year", "national", "city", "district", "other", "is_void")
    list_filter = ("year", "program")
    list_select_related = ("program",)
