"""Addresses of the quarter's way: confirmation, closing, corrections, what changed."""

from django.urls import URLPattern, URLResolver, path

from pledges.views import changes, closings, confirming, corrections

PLEDGE = "pledges/<str:number>/"
CARD = "pledges/closings/<int:pk>/cards/<int:pledge>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pledges/closings/", closings.closing_list, name="closings"),
    path("pledges/closings/<int:pk>/", closings.closing_detail, name="closing"),
    path(CARD, closings.closed_card, name="closed_card"),
    path(f"{CARD}card.json", closings.closed_json, name="closed_json"),
    path(f"{CARD}card.<slug:form>", closings.closed_file, name="closed_file"),
    path("pledges/closings/<int:year>/<int:number>/close/", closings.close, name="close"),
    path("pledges/corrections/<int:pk>/", corrections.decide, name="correction"),
    path("pledges/closings/grants/<int:pk>/void/", corrections.grant_void, name="grant_void"),
    path(f"{PLEDGE}confirm/", confirming.confirm_page, name="confirm"),
    path(f"{PLEDGE}confirm/<slug:deed>/", confirming.confirm_act, name="confirm_act"),
    path(f"{PLEDGE}changes/", changes.what_changed, name="changes"),
    path(f"{PLEDGE}changes/quarters.xlsx", changes.changes_xlsx, name="changes_xlsx"),
    path(f"{PLEDGE}corrections/<int:year>/<int:quarter>/new/", corrections.new, name="correction_new"),
    path(f"{PLEDGE}unlock/<int:year>/<int:quarter>/", corrections.grant, name="grant"),
]
