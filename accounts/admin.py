from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AccessLog, DeadlineRule, Department, Office, User
from common.admin import CodeTableAdmin, KeptAdmin

admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(KeptAdmin, UserAdmin):
    """Who leaves is switched off (활성), never deleted: records keep their author."""

    list_display = ("username", "full_name", "role", "department", "is_active", "last_login")
    list_filter = ("role", "department", "is_active")
    search_fields = ("username", "full_name")
    list_select_related = ("department",)
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("사람", {"fields": ("full_name", "phone", "email")}),
        ("권한", {"fields": ("role", "department", "is_active")}),
        ("기록", {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    # Everybody here logs in with a password.
    add_form = UserCreationForm
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        ("사람", {"fields": ("full_name", "role", "department")}),
    )


@admin.register(Department)
class DepartmentAdmin(CodeTableAdmin):
    list_display = ("__str__", "position", "active")
    list_filter = ("active",)


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(CodeTableAdmin):
    list_display = ("title", "base", "offset", "unit", "notice_days", "rule", "active")
    list_filter = ("active",)
    search_fields = ("title", "base", "rule")


@admin.register(Office)
class OfficeAdmin(KeptAdmin):
    """One row; it is made at its first change and there is no second."""

    readonly_fields = ("closed_through",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Office.objects.exists()


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the system itself writes: looked at, never touched."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    list_display = ("at", "user", "address", "action", "subject", "rows", "reason")
    list_filter = ("action", "at")
    search_fields = ("subject", "user__username", "user__full_name")
    date_hierarchy = "at"
    list_select_related = ("user",)


@admin.register(AccessAttempt)
class LoginAttemptAdmin(ReadOnlyAdmin):
    """Failed logins (django-axes) and the way to let somebody in again before the time is over."""

    list_display = ("attempt_time", "username", "ip_address", "failures_since_start")
    search_fields = ("username", "ip_address")
    actions = ("unlock",)

    @admin.action(description="선택한 계정의 로그인 잠금 해제")
    def unlock(self, request: HttpRequest, attempts: QuerySet[AccessAttempt]) -> None:
        for attempt in attempts:
            reset(username=attempt.username)
        self.message_user(request, "로그인 잠금을 풀었습니다.")
