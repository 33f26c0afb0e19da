from django.urls import path

from huying.web.devices import listing, misread, one, registering, rules, standing

app_name = "device"

urlpatterns = [
    path("", listing.index, name="index"),
    path("new", registering.new, name="new"),
    path("misread", misread.index, name="misread"),
    path("silence", rules.silence, name="silence"),
    path("rules/", rules.index, name="rules"),
    path("rules/new", rules.new, name="new_rule"),
    path("rules/<slug:code>", rules.one, name="rule"),
    path("rules/<slug:code>/end", rules.end, name="end_rule"),
    path("<int:number>", one.one, name="one"),
    path("<int:number>/edit", registering.edit, name="edit"),
    path("<int:number>/secret", standing.secret, name="secret"),
    path("<int:number>/retire", standing.retired, name="retire"),
    path("<int:number>/maintenance", standing.maintenance, name="maintenance"),
]
