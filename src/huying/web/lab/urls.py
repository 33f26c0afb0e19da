from django.urls import path

from huying.web.lab import asking, results

app_name = "lab"

urlpatterns = [
    path("", asking.index, name="index"),
    path("<int:number>", results.one, name="one"),
]
