from django.urls import path

from huying.web.admin.teams import grids, kinds, members, overview, sheets

app_name = "teams"

urlpatterns = [
    path("", overview.index, name="index"),
    path("areas.geojson", overview.shapes, name="shapes"),
    path("grids/<slug:code>", grids.one, name="grid"),
    path("grids/<slug:code>/end", grids.end, name="end"),
    path("members/<int:number>", members.one, name="member"),
    path("members/<int:number>/left", members.left, name="left"),
    path("kinds", kinds.index, name="kinds"),
    path("kinds/<int:number>", kinds.change, name="kind"),
    path("import", sheets.teams, name="import"),
]
