from django.urls import path

from enterprises.views import centers, committees, designations, enterprises, openings, spaces

app_name = "enterprises"

urlpatterns = [
    path("", enterprises.index, name="index"),
    path("new/", enterprises.new, name="new"),
    path("<int:pk>/", enterprises.detail, name="detail"),
    path("<int:pk>/edit/", enterprises.edit, name="edit"),
    path("<int:pk>/void/", enterprises.void, name="void"),
    path("<int:pk>/designations/new/", designations.new, name="designation_new"),
    path("designations/<int:pk>/edit/", designations.edit, name="designation_edit"),
    path("designations/<int:pk>/end/", designations.end, name="designation_end"),
    path("designations/<int:pk>/void/", designations.void, name="designation_void"),
    path("spaces/", spaces.index, name="spaces"),
    path("spaces/new/", spaces.new, name="space_new"),
    path("spaces/<int:pk>/", spaces.detail, name="space"),
    path("spaces/<int:pk>/edit/", spaces.edit, name="space_edit"),
    path("spaces/<int:pk>/void/", spaces.void, name="space_void"),
    path("spaces/<int:pk>/tenancies/new/", spaces.tenancy_new, name="tenancy_new"),
    path("tenancies/<int:pk>/edit/", spaces.tenancy_edit, name="tenancy_edit"),
    path("tenancies/<int:pk>/void/", spaces.tenancy_void, name="tenancy_void"),
    path("committees/", committees.index, name="committees"),
    path("committees/new/", committees.new, name="committee_new"),
    path("committees/<int:pk>/", committees.detail, name="committee"),
    path("committees/<int:pk>/edit/", committees.edit, name="committee_edit"),
    path("committees/<int:pk>/void/", committees.void, name="committee_void"),
    path("committees/<int:pk>/members/new/", committees.member_new, name="member_new"),
    path("committees/<int:pk>/meetings/new/", committees.meeting_new, name="meeting_new"),
    path("members/<int:pk>/edit/", committees.member_edit, name="member_edit"),
    path("members/<int:pk>/void/", committees.member_void, name="member_void"),
    path("meetings/<int:pk>/edit/", committees.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/void/", committees.meeting_void, name="meeting_void"),
    path("centers/", centers.index, name="centers"),
    path("centers/new/", centers.new, name="center_new"),
    path("centers/<int:pk>/edit/", centers.edit, name="center_edit"),
    path("centers/<int:pk>/void/", centers.void, name="center_void"),
    path("openings/", openings.index, name="openings"),
    path("openings/<slug:word>/new/", openings.new, name="opening_new"),
    path("openings/<slug:word>/<int:pk>/<slug:action>/", openings.act, name="opening_act"),
]
