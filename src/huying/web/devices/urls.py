from django.urls import path

from huying.web.devices import listing, misread, one, registering, rules, sheet, standing, water

app_name = "device"

urlpatterns = [
    path("", listing.index, name="index"),
    path("new", registering.new, name="new"),
    path("import", sheet.index, name="import"),
    path("misread", misread.index, name="misread"),
    path("water/", water.index, name="water"),
    path("case-rules/<slug:word>", rules.case_rule, name="case_rule"),
    path("rules/", rules.index, name="rules"),
    path("rules/new", rules.new, name="new_rule"),
    path("rules/<slug:code>", rules.one, name="rule"),
    path("rules/<slug:code>/end", rules.end, name="end_rule"),
    path("<int:number>", one.one, name="one"),
    path("<int:number>/edit", registering.edit, name="edit"),
    path("<int:number>/secret", standing.secret, name="secret"),
    path("<int:number>/station", standing.station, name="station"),
    path("<int:number>/water", water.point, name="point"),
    path("<int:number>/retire", standing.retired, name="retire"),
    path("<int:number>/maintenance", standing.maintenance, name="maintenance"),
]
