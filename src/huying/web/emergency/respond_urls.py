"""What a personal link opens: no account, one alert."""

from django.urls import path

from huying.web.emergency import responding

app_name = "respond"

urlpatterns = [
    path("<str:link>", responding.alert, name="alert"),
    path("<str:link>/answer", responding.answer_alert, name="answer"),
]
