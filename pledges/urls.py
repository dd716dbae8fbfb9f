from django.urls import URLPattern, URLResolver, path
from django.views.generic import TemplateView

from accounts.permissions import allow

app_name = "pledges"

urlpatterns: list[URLPattern | URLResolver] = [
    # Stands in until the dashboard's own view is there.
    path("", allow("view")(TemplateView.as_view(template_name="pledges/dashboard.html")), name="dashboard"),
]
