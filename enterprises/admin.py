from django.contrib import admin

from common.admin import CodeTableAdmin
from enterprises.models import DesignationKind


@admin.register(DesignationKind)
class DesignationKindAdmin(CodeTableAdmin):
    """유형·자격: a kind that is no longer counted is switched off; one that comes by ordinance has its first day."""

    list_display = ("name", "short_name", "group_name", "act", "valid_from", "position", "active")
    list_filter = ("active", "group_name")
    search_fields = ("name", "code", "aliases")
