from django.contrib.admin.apps import AdminConfig


class RoleAdminConfig(AdminConfig):
    """Django's admin behind our table of permissions."""

    default_site = "accounts.admin_site.RoleAdminSite"
