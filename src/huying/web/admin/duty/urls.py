from django.urls import path

from huying.web.admin.duty import posts, sheets, week

app_name = "roster"

urlpatterns = [
    path("", posts.index, name="index"),
    path("import", sheets.roster, name="import"),
    path("<int:number>", posts.one, name="post"),
    path("<int:number>/step", posts.step, name="step"),
    path("<int:number>/week", week.week, name="week"),
    path("<int:number>/handovers", posts.handovers, name="handovers"),
]
