"""Reading a whole card: before ``pledges/<number>/``, since ``import`` is no pledge's number."""

from django.urls import URLPattern, URLResolver, path

from pledges.views import card_import

urlpatterns: list[URLPattern | URLResolver] = [
    path("pledges/import/", card_import.card_import, name="card_import"),
]
