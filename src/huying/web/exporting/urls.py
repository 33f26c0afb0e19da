"""Lists as files; mounted at ``export/`` by the site."""

from django.urls import path

from huying.web.exporting import views

app_name = "exporting"

urlpatterns = [path("<slug:kind>", views.export, name="list")]
