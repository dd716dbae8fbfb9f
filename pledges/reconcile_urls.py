"""Addresses of the reconciliation; they come before the card: ``reconcile`` is no pledge's number."""

from django.urls import URLPattern, URLResolver, path

from pledges.views import reconcile

PLEDGE = "pledges/<str:number>/reconcile/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pledges/reconcile/", reconcile.reconcile_office, name="reconcile_office"),
    path(PLEDGE, reconcile.reconcile_page, name="reconcile"),
    path(f"{PLEDGE}reconcile.xlsx", reconcile.reconcile_xlsx, name="reconcile_xlsx"),
    path(f"{PLEDGE}note/", reconcile.reconcile_note, name="reconcile_note"),
    path(f"{PLEDGE}note/<int:pk>/void/", reconcile.reconcile_note_void, name="reconcile_note_void"),
]
