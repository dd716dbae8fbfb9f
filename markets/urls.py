from django.urls import URLPattern, URLResolver, path

from .views import channels, days, events, fragments, overview, participations

app_name = "markets"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview.index, name="index"),
    path("days.xlsx", overview.download, {"kind": "days"}, name="days_file"),
    path("participations.xlsx", overview.download, {"kind": "participations"}, name="participations_file"),
    path("events/new/", events.new, name="event_new"),
    path("events/<int:pk>/", events.detail, name="event"),
    path("events/<int:pk>/edit/", events.edit, name="event_edit"),
    path("events/<int:pk>/void/", events.void, name="event_void"),
    path("events/<int:pk>/log/", events.log, name="event_log"),
    path("events/<int:pk>/days/", days.save, name="days_save"),
    path("events/<int:pk>/days/add/", days.add, name="days_add"),
    path("days/preview/", days.preview, name="days_preview"),
    path("days/<int:pk>/void/", days.void, name="day_void"),
    path("events/<int:pk>/participations/", participations.save, name="participations_save"),
    path("events/<int:pk>/participations/add/", participations.add, name="participation_add"),
    path("events/<int:pk>/participations/add-many/", participations.add_many, name="participations_add"),
    path("participations/options/", participations.options, name="vendor_options"),
    path("participations/<int:pk>/void/", participations.void, name="participation_void"),
    path("channels/new/", channels.new, name="channel_new"),
    path("channels/<int:pk>/edit/", channels.edit, name="channel_edit"),
    path("channels/<int:pk>/void/", channels.void, name="channel_void"),
    path("enterprises/<int:pk>/history/", fragments.enterprise_history, name="enterprise_history"),
]
