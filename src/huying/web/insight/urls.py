"""The page of what people talk about."""

from django.urls import path

from huying.web.insight import views

app_name = "insight"

urlpatterns = [
    path("", views.index, name="index"),
    path("borders.geojson", views.borders, name="borders"),
]
