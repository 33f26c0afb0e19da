"""Musters, volunteers and units of the staff; mounted at ``volunteers/`` by the site."""

from django.urls import path

from huying.web.volunteers import attested, calling, figures, listing, one
from huying.web.volunteers.joint import listings, projects, units
from huying.web.volunteers.people import listing as people
from huying.web.volunteers.people import one as person

app_name = "volunteers"

urlpatterns = [
    path("", listing.index, name="musters"),
    path("new", calling.new, name="new_muster"),
    path("figures", figures.index, name="figures"),
    path("<int:number>", one.page, name="muster"),
    path("<int:number>/people/<int:volunteer>", one.marked, name="mark"),
    path("<int:number>/more", one.told_more, name="more"),
    path("<int:number>/quota", one.widened, name="quota"),
    path("<int:number>/cancel", one.cancelled, name="cancel"),
    path("<int:number>/close", one.closed, name="close"),
    path("people/", people.index, name="people"),
    path("people/new", person.new, name="new_person"),
    path("people/<int:number>", person.page, name="person"),
    path("people/<int:number>/change", person.changed, name="change_person"),
    path("people/<int:number>/phone", person.phone, name="phone"),
    path("people/<int:number>/leave", person.left, name="leave"),
    path("people/<int:number>/attestation", attested.of_staff, name="attestation"),
    path("units/", units.index, name="units"),
    path("units/new", units.new, name="new_unit"),
    path("units/<int:number>", units.page, name="unit"),
    path("units/<int:number>/change", units.changed, name="change_unit"),
    path("units/<int:number>/phone", units.phone, name="unit_phone"),
    path("units/<int:number>/leave", units.left, name="leave_unit"),
    path("lists/", listings.index, name="listings"),
    path("lists/new", listings.new, name="new_listing"),
    path("lists/<int:number>", listings.page, name="listing"),
    path("lists/<int:number>/end", listings.ended, name="end_listing"),
    path("projects/", projects.index, name="projects"),
    path("projects/<int:number>", projects.page, name="project"),
    path("projects/<int:number>/reports", projects.reported, name="report"),
    path("projects/<int:number>/done", projects.finished, name="finish"),
    path("projects/<int:number>/stop", projects.stopped, name="stop"),
]
