from django.urls import path

from huying.web.patrol.desk import checks, coverage, finds, recording, tours

app_name = "patrols"

urlpatterns = [
    path("", tours.index, name="index"),
    path("tours/<int:number>", tours.one, name="tour"),
    path("tours/<int:number>/track", tours.track, name="track"),
    path("tours/<int:number>/end", tours.end, name="end"),
    path("finds", finds.index, name="finds"),
    path("checks", checks.index, name="checks"),
    path("checks/<int:number>/withdraw", checks.withdrawn, name="withdraw"),
    path("cases/<slug:number>/checks", checks.ask, name="ask"),
    path("cases/<slug:number>/recordings/<int:find>/<int:place>", recording.one, name="recording"),
    path("coverage", coverage.index, name="coverage"),
    path("plans", coverage.plan, name="plan"),
    path("plans/<int:number>/end", coverage.end_plan, name="end_plan"),
]
