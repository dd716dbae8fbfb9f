from django.contrib import admin

from common.admin import CodeTableAdmin

from .models import Market


@admin.register(Market)
class MarketAdmin(CodeTableAdmin):
    """Market series; their events are kept on the pages of the register."""

    list_display = ["name", "short_name", "place", "active", "position"]
    list_editable = ("active", "position")
    search_fields = ["name", "short_name"]
