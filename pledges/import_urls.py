"""Imports: /imports/"""

from django.urls import path

from pledges.views.imports import actions, batch, upload

app_name = "imports"

urlpatterns = [
    path("", upload.batch_list, name="list"),
    path("new/<slug:code>/", upload.upload, name="new"),
    path("template/<slug:code>/", upload.template, name="template"),
    path("examples/<slug:code>/<str:name>", upload.example, name="example"),
    path("<int:pk>/", batch.batch_page, name="batch"),
    path("<int:pk>/file/", batch.original, name="file"),
    path("<int:pk>/report/", batch.report, name="report"),
    path("<int:pk>/settings/", actions.settings, name="settings"),
    path("<int:pk>/edit/", actions.edit, name="edit"),
    path("<int:pk>/decide/", actions.decide, name="decide"),
    path("<int:pk>/confirm/", actions.confirm, name="confirm"),
    path("<int:pk>/drop/", actions.drop, name="drop"),
    path("<int:pk>/undo/", actions.undo_page, name="undo"),
]
