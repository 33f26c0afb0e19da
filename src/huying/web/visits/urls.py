from django.urls import path

from huying.web.visits import one, planning, setting, today

app_name = "visits"

urlpatterns = [
    path("", today.index, name="index"),
    path("missed", today.missed, name="missed"),
    path("plan", planning.index, name="plan"),
    path("away", planning.away, name="away"),
    path("setting", setting.index, name="setting"),
    path("setting/<slug:level>", setting.standard, name="standard"),
    path("checklists/<slug:kind>", setting.checklist, name="checklist"),
    path("<int:number>", one.one, name="one"),
    path("<int:number>/person", one.person, name="person"),
]
