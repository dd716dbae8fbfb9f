"""The base of every admin page: nothing is deleted, every change has its history, and the site decides who enters."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import Http404, HttpRequest
from import_export import resources
from import_export.admin import ImportExportMixin
from import_export.formats import base_formats
from simple_history.admin import SimpleHistoryAdmin


class KeptAdmin(SimpleHistoryAdmin):
    """For code tables and accounts. Rows are switched off (`active`), not deleted.

    Whoever the site lets in (accounts.admin_site: the verb "admin") may see, add and change; nobody deletes.
    """

    list_per_page = 50

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_history_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        # django-simple-history would fail on an address such as …/user/x/history/.
        if not object_id.isdecimal():
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        # A form that somebody else holds open must notice a change made here (common.editing).
        if change and hasattr(obj, "revision"):
            obj.revision += 1
        super().save_model(request, obj, form, change)


class KeptInline(admin.TabularInline):
    """Rows of a code table under their parent: same rules as KeptAdmin."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KeptResource(resources.ModelResource):
    """Rows of a code table as a sheet: what did not change is left alone, nothing is deleted."""

    class Meta:
        exclude = ("revision",)
        skip_unchanged = True
        clean_model_instances = True

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if instance.pk:
            instance.revision += 1


class CodeTableAdmin(ImportExportMixin, KeptAdmin):
    """A code table that can be taken out as a sheet and brought back changed.

    Small tables only: import-export asks the database several times a row.
    """

    formats = (base_formats.XLSX, base_formats.CSV)

    def get_resource_classes(self, request: HttpRequest) -> list[type[resources.ModelResource]]:
        return [resources.modelresource_factory(self.model, resource_class=KeptResource)]

    get_import_resource_classes = get_export_resource_classes = get_resource_classes

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)
