"""Mounted at ``services/facilities/`` by the site."""

from django.urls import path

from huying.web.services.entries import beside, editing, kinds, listing, one, reports

app_name = "facility"

urlpatterns = [
    path("", listing.index, name="index"),
    path("new", editing.new, name="new"),
    path("reports", reports.index, name="reports"),
    path("reports/<int:number>", reports.settled, name="settle"),
    path("kinds", kinds.index, name="kinds"),
    path("kinds/<slug:code>/end", kinds.ended, name="end_kind"),
    path("<int:number>", one.page, name="one"),
    path("<int:number>/edit", editing.edit, name="edit"),
    path("<int:number>/confirm", one.confirmed, name="confirm"),
    path("<int:number>/end", one.ended, name="end"),
    path("<int:number>/exceptions", beside.exceptions, name="exceptions"),
    path("<int:number>/photos", beside.photos, name="photos"),
    path("<int:number>/photos/<int:photo>", beside.photo, name="photo"),
]
