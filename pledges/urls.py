"""The dashboard at "/" and everything about pledges. A pledge's number is free text (1-3, 가-1, III-①-1)."""

from django.urls import URLPattern, URLResolver, path

from pledges import card_import_urls, closing_urls, editing_urls, reconcile_urls, report_urls
from pledges.views import (
    card,
    dashboard,
    feeds,
    figures_of,
    money,
    openings,
    why,
    why_course,
    why_entered,
    why_present,
)

app_name = "pledges"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", dashboard.dashboard_page, name="dashboard"),
    path("pledges/", dashboard.pledge_list, name="list"),
    path("pledges/money/", money.office_money, name="office_money"),
    path("pledges/list.xlsx", dashboard.pledge_list_xlsx, name="list_xlsx"),
    path("pledges/due/", dashboard.due_page, name="due"),
    path("pledges/means/", dashboard.means_page, name="means"),
    path("pledges/feeds/<slug:kind>/<int:pk>/", feeds.feeds, name="feeds"),
    *report_urls.urlpatterns,
    # Before the card: a word such as "new" is no pledge's number.
    *editing_urls.urlpatterns,
    *card_import_urls.urlpatterns,
    *closing_urls.urlpatterns,
    *reconcile_urls.urlpatterns,
    path("pledges/<str:number>/", card.card_page, name="card"),
    path("pledges/<str:number>/card.json", card.card_json, name="card_json"),
    path("pledges/<str:number>/card.<slug:form>", card.card_file, name="card_file"),
    path("pledges/<str:number>/figures/", figures_of.figures_page, name="figures"),
    path("pledges/<str:number>/why/", why.why_page, name="why"),
    path("pledges/<str:number>/why/money/", money.money_why, name="money_why"),
    path("pledges/<str:number>/why/cost/", why_entered.cost_why, name="cost_why"),
    path("pledges/<str:number>/why/register/", why_present.register_why, name="register_why"),
    path(
        "pledges/<str:number>/why/register/<slug:code>/",
        why_present.register_kind_why,
        name="register_kind_why",
    ),
    path("pledges/<str:number>/why/tenants/", why_present.tenants_why, name="tenants_why"),
    path("pledges/<str:number>/why/members/", why_present.members_why, name="members_why"),
    path("pledges/<str:number>/why/center/", why_entered.center_why, name="center_why"),
    path("pledges/<str:number>/why/support/<int:year>/", why_present.support_why, name="support_why"),
    path("pledges/<str:number>/why/<int:no>/", why.indicator_why, name="indicator_why"),
    path("pledges/<str:number>/why/<int:no>/target/", why_entered.target_why, name="target_why"),
    path("pledges/<str:number>/why/<int:no>/period/", why_course.period_why, name="period_why"),
    path("pledges/<str:number>/why/moved/", why_course.moved_why, name="moved_why"),
    path("pledges/<str:number>/why/market/<int:pk>/<int:year>/", why_course.market_why, name="market_why"),
    path("pledges/<str:number>/why/<int:no>/weight/", why_entered.weight_why, name="weight_why"),
    path("pledges/<str:number>/openings/", openings.openings_page, name="openings"),
    path(
        "pledges/<str:number>/openings/<slug:kind>/<int:pk>/<slug:action>/", openings.act, name="opening_act"
    ),
]
