"""Code tables of pledges: terms with the settings of their arithmetic, and goals."""

from django.contrib import admin

from common.admin import CodeTableAdmin, KeptAdmin
from pledges.models import Goal, Term


@admin.register(Term)
class TermAdmin(KeptAdmin):
    list_display = ("name", "starts_on", "ends_on", "caps_at_100", "decimals")


@admin.register(Goal)
class GoalAdmin(CodeTableAdmin):
    list_display = ("term", "number", "name", "position", "active")
    list_filter = ("term", "active")
    search_fields = ("name", "number")
