"""体检: how the streets stand, and one of them."""

from django.urls import path

from huying.web.reports import checkup

app_name = "checkup"

urlpatterns = [path("", checkup.index, name="index"), path("<str:area>", checkup.street, name="street")]
