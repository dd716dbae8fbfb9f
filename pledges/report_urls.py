"""Addresses of 의회·보고: the reports, the published CSV, and the 요구자료 대장."""

from django.urls import URLPattern, URLResolver, path

from pledges.views import cards, published, reports, requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", reports.report_list, name="reports"),
    path("reports/published.csv", published.published_csv, name="published_csv"),
    path("reports/cards/", cards.cards_page, name="cards"),
    path("reports/cards/make/", cards.cards_make, name="cards_make"),
    path("reports/requests/", requests.request_list, name="requests"),
    path("reports/requests.xlsx", requests.request_xlsx, name="requests_xlsx"),
    path("reports/requests/new/", requests.request_new, name="request_new"),
    path("reports/requests/<int:pk>/", requests.request_detail, name="request"),
    path("reports/requests/<int:pk>/edit/", requests.request_edit, name="request_edit"),
    path("reports/requests/<int:pk>/void/", requests.request_void, name="request_void"),
    path("reports/requests/<int:pk>/again/", requests.request_again, name="request_again"),
    path("reports/requests/<int:pk>/reports/", requests.request_report, name="request_report"),
    path("reports/requests/<int:pk>/reports/drop/", requests.request_drop, name="request_drop"),
    path("reports/requests/<int:pk>/files/", requests.submission_new, name="submission_new"),
    path("reports/requests/files/<int:pk>/", requests.submission_file, name="submission_file"),
    path("reports/requests/files/<int:pk>/void/", requests.submission_void, name="submission_void"),
    path("reports/<slug:slug>/", reports.report_page, name="report"),
    path("reports/<slug:slug>/personal/", reports.report_personal, name="report_personal"),
    path("reports/<slug:slug>.<slug:form>", reports.report_file, name="report_file"),
]
