"""Bringing orders in; mounted at ``admin/imports/`` by the site."""

from django.urls import path

from huying.web.importing import views

app_name = "imports"

urlpatterns = [
    path("", views.index, name="index"),
    path("columns", views.columns, name="columns"),
    path("<int:number>/begin", views.begin, name="begin"),
]
