"""The ledger made public; mounted at ``ledger/`` by the site."""

from django.urls import path

from huying.web.ledger import open_pages, taking

app_name = "ledger"

urlpatterns = [
    path("", open_pages.index, name="index"),
    path("feed.atom", open_pages.feed, name="feed"),
    path("<int:district>/roots.json", open_pages.roots, name="roots"),
    path("cases/<slug:number>/bundle", taking.bundle, name="bundle"),
]
