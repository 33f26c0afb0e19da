"""The command screen."""

from django.urls import path

from huying.web.command import views

app_name = "command"

urlpatterns = [
    path("", views.index, name="index"),
    path("now", views.now, name="now"),
    path("areas.geojson", views.borders, name="borders"),
    path("counted", views.counted, name="counted"),
]
