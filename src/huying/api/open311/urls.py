from django.urls import path, re_path

from huying.api.open311 import views

app_name = "open311"

urlpatterns = [
    re_path(r"^(?P<rest>discovery(?:\.[A-Za-z]+)?)/?$", views.find, name="discovery"),
    re_path(r"^(?:v2|test/v2)/+(?P<rest>discovery(?:\.[A-Za-z]+)?)/?$", views.find),
    re_path(r"^(?:v2|test/v2)/+openapi\.(?:json|yaml)$", views.described, name="description"),
    path("v2/<path:rest>", views.production, name="production"),
    path("test/v2/<path:rest>", views.trial, name="trial"),
    re_path(r"^(?P<rest>.*)$", views.nowhere),
]
