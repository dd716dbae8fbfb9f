"""Addresses of the editing pages, included by ``pledges.urls``. A pledge's number is free text."""

from django.urls import URLPattern, URLResolver, path

from .views import editing, indicators, narrative, plans, results, targets

PLEDGE = "pledges/<str:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("pledges/new/", editing.new, name="new"),
    path("pledges/results.xlsx", results.results_xlsx, name="results_xlsx"),
    path(f"{PLEDGE}edit/", editing.header, name="edit"),
    path(f"{PLEDGE}links/", editing.links, name="links"),
    path(f"{PLEDGE}officers/", editing.officers, name="officers"),
    path(f"{PLEDGE}secured/", editing.secured, name="secured"),
    path(f"{PLEDGE}sections/", narrative.sections, name="sections"),
    path(f"{PLEDGE}sections/new/", narrative.section_new, name="section_new"),
    path(f"{PLEDGE}sections/numbers/", narrative.section_numbers, name="section_numbers"),
    path(f"{PLEDGE}sections/preview/", narrative.section_preview, name="section_preview"),
    path(f"{PLEDGE}sections/<int:pk>/", narrative.section_edit, name="section_edit"),
    path(f"{PLEDGE}sections/<int:pk>/void/", narrative.section_void, name="section_void"),
    path(f"{PLEDGE}activities/", narrative.activities, name="activities"),
    path(f"{PLEDGE}activities/new/", narrative.activity_new, name="activity_new"),
    path(f"{PLEDGE}activities/<int:pk>/", narrative.activity_edit, name="activity_edit"),
    path(f"{PLEDGE}activities/<int:pk>/void/", narrative.activity_void, name="activity_void"),
    path(f"{PLEDGE}engagements/new/", narrative.engagement_new, name="engagement_new"),
    path(f"{PLEDGE}engagements/<int:pk>/", narrative.engagement_edit, name="engagement_edit"),
    path(f"{PLEDGE}engagements/<int:pk>/void/", narrative.engagement_void, name="engagement_void"),
    path(f"{PLEDGE}indicators/", indicators.indicators, name="indicators"),
    path(f"{PLEDGE}indicators/new/", indicators.indicator_new, name="indicator_new"),
    path(f"{PLEDGE}indicators/<int:pk>/", indicators.indicator_edit, name="indicator_edit"),
    path(f"{PLEDGE}indicators/<int:pk>/void/", indicators.indicator_void, name="indicator_void"),
    path(f"{PLEDGE}targets/", targets.targets, name="targets"),
    path(f"{PLEDGE}targets/<int:pk>/", targets.targets_edit, name="targets_edit"),
    path(f"{PLEDGE}results/", results.results, name="results"),
    path(f"{PLEDGE}results/save/", results.results_save, name="results_save"),
    path(f"{PLEDGE}results/<int:pk>/void/", results.result_void, name="result_void"),
    path("pledges/plan-changes/<int:pk>/", plans.change, name="plan_change"),
    path(f"{PLEDGE}plan/", plans.plan, name="plan"),
    path(f"{PLEDGE}plan/confirm/", plans.confirm, name="plan_confirm"),
    path(f"{PLEDGE}plan/changes/new/", plans.change_new, name="plan_change_new"),
    path(f"{PLEDGE}plan/changes/targets/<int:pk>/", plans.target_change, name="target_change"),
    path(f"{PLEDGE}plan/changes/weights/", plans.weight_change, name="weight_change"),
    path(f"{PLEDGE}plan/changes/text/<int:pk>/", plans.text_change, name="text_change"),
    path(f"{PLEDGE}copy/", plans.copy, name="copy"),
]
