from django.urls import path

from huying.web.opendata import files, pages

app_name = "opendata"

urlpatterns = [
    path("", pages.index, name="index"),
    path("feed.atom", files.feed, name="feed"),
    path("<int:district>/catalog.jsonld", files.catalog, name="catalog"),
    path("<int:district>/<slug:month>/datapackage.json", files.package, name="package"),
    path("<int:district>/<slug:month>/<str:name>", files.file, name="file"),
]
