from axes.apps import AppConfig as AxesConfig
from django.contrib.admin.apps import AdminConfig


class RoleAdminConfig(AdminConfig):
    """Django's admin behind our table of permissions."""

    default_site = "accounts.admin_site.RoleAdminSite"


class LoginGuardConfig(AxesConfig):
    """django-axes, under a name that an administrator understands."""

    verbose_name = "로그인"
