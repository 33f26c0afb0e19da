"""The board of figures, and the desk of those who call back."""

from django.urls import include, path

from huying.web.evaluation import behind, board, follow_ups

app_name = "figures"

urlpatterns = [
    path("", board.index, name="index"),
    path("behind", behind.index, name="behind"),
]

desk_urls = [path("follow-ups", include(([path("", follow_ups.index, name="index")], "follow_up")))]
