"""The board of figures, and the desk of those who call back."""

from django.urls import include, path

from huying.web.evaluation import behind, board, follow_ups, plans, visits

app_name = "figures"

urlpatterns = [
    path("", board.index, name="index"),
    path("behind", behind.index, name="behind"),
    path("plans", plans.index, name="plans"),
    path("plans/<slug:code>", plans.one, name="plan"),
]

desk_urls = [
    path("follow-ups", include(([path("", follow_ups.index, name="index")], "follow_up"))),
    path(
        "visits",
        include(
            (
                [
                    path("", visits.index, name="index"),
                    path("/<str:number>", visits.one, name="one"),
                    path("/<str:number>/callers/<int:appeal>", visits.caller, name="caller"),
                ],
                "visit",
            )
        ),
    ),
    path("assessment/", include("huying.web.evaluation.assessment.urls")),
]
