"""Hot issues."""

from django.urls import path

from huying.web.hot import issues, settling

app_name = "hot"

urlpatterns = [
    path("", issues.index, name="index"),
    path("<int:number>", issues.one, name="issue"),
    path("<int:number>/settle", settling.settle, name="settle"),
]
