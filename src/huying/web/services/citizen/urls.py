"""Mounted at ``nearby/`` by the site."""

from django.urls import path

from huying.web.services.citizen import asking, near, one

app_name = "nearby"

urlpatterns = [
    path("", near.index, name="index"),
    path("<int:number>", one.page, name="one"),
    path("<int:number>/wrong", one.wrong, name="wrong"),
    path("<int:number>/photos/<int:photo>", one.photo, name="photo"),
    path("services/", asking.index, name="services"),
    path("services/<int:number>", asking.service, name="service"),
    path("asks/<str:link>", asking.own, name="ask"),
    path("asks/<str:link>/cancel", asking.cancelled, name="cancel"),
    path("asks/<str:link>/rate", asking.rated, name="rate"),
]
