"""One's own long work; mounted at ``account/work/`` by the site."""

from django.urls import path

from huying.web.tray import views

app_name = "work"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>", views.one, name="one"),
    path("<int:number>/cancel", views.stop, name="cancel"),
    path("<int:number>/again", views.again, name="again"),
    path("<int:number>/file", views.file, name="file"),
]
