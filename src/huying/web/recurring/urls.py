"""Recurring problems and projects."""

from django.urls import path

from huying.web.recurring import listing, projects

app_name = "recurring"

urlpatterns = [
    path("", listing.index, name="index"),
    path("<int:number>", listing.one, name="one"),
    path("<int:number>/begin", projects.begin, name="begin"),
    path("projects", projects.index, name="projects"),
    path("projects/<int:number>", projects.one, name="project"),
    path("projects/<int:number>/edit", projects.edit, name="edit"),
    path("projects/<int:number>/finish", projects.finish, name="finish"),
]
