"""What volunteers open; mounted at ``volunteer/`` by the site."""

from django.urls import path

from huying.web.volunteers import attested
from huying.web.volunteers.public import coming, entering, own

app_name = "volunteer"

urlpatterns = [
    path("", own.index, name="index"),
    path("enter", entering.enter, name="enter"),
    path("join", entering.join, name="join"),
    path("out", entering.out, name="out"),
    path("me", own.me, name="me"),
    path("me/rest", own.rested, name="rest"),
    path("me/leave", own.left, name="leave"),
    path("me/hours", attested.of_own, name="hours"),
    path("calls/<int:number>", coming.muster, name="muster"),
    path("calls/<int:number>/answer", coming.answer, name="answer"),
    path("called/<str:link>", coming.called, name="called"),
    path("called/<str:link>/answer", coming.answer_called, name="answer_called"),
]
