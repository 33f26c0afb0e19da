"""Calls and promises; the navigation knows each by a name of its own."""

from django.urls import include, path

from huying.web.calling import calls, promises

urlpatterns = [
    path("calls", include(([path("", calls.index, name="index")], "call"))),
    path("promises", include(([path("", promises.index, name="index")], "promise"))),
]
