"""Residents read and vote; mounted at ``consult/`` by the site."""

from django.urls import path

from huying.web.deliberation import open_pages

app_name = "consult"

urlpatterns = [
    path("", open_pages.index, name="index"),
    path("<int:proposal>", open_pages.page, name="page"),
    path("<int:proposal>/vote", open_pages.vote, name="vote"),
    path("<int:proposal>/follow", open_pages.follow, name="follow"),
    path("<int:proposal>/ballots.json", open_pages.ballots, name="ballots"),
    path("<int:proposal>/photos/<int:photo>", open_pages.photo, name="photo"),
]
