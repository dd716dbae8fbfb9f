from django.urls import URLPattern, URLResolver, path
from django.views.generic import TemplateView

app_name = "pledges"

urlpatterns: list[URLPattern | URLResolver] = [
    # Stands in until the dashboard's own view is there.
    path("", TemplateView.as_view(template_name="pledges/dashboard.html"), name="dashboard"),
]
