from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.permissions import can, refusal


class RoleAdminSite(AdminSite):
    """The admin for accounts and code tables: open to the verb "admin", whatever Django's own flags say."""

    site_header = "시스템 관리"
    site_title = "시스템 관리"
    index_title = "계정과 코드표"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return can(request.user, "admin")

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Django would send somebody who is logged in to the login page, which would send them back.
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(refusal("admin"))
            return inner(request, *args, **kwargs)

        return guarded
