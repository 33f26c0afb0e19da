"""The board and its desks; the navigation knows each desk by a name of its own."""

from django.urls import include, path

from huying.web.oversight import board, desks, hurrying, interviews, orders

app_name = "oversight"

urlpatterns = [
    path("", board.index, name="index"),
    path("hurry", hurrying.hurry, name="hurry"),
]

desk_urls = [
    path("orders", include(([path("", orders.index, name="index")], "supervision"))),
    path("interviews", include(([path("", interviews.index, name="index")], "interview"))),
    path("disputes", include(([path("", desks.disputes, name="index")], "dispute"))),
    path("delays", include(([path("", desks.delays, name="index")], "delay"))),
    path("checks", include(([path("", desks.checks, name="index")], "check"))),
]
