"""The archive of reports, each of them, and what is set of them."""

from django.urls import path

from huying.web.reports import archive, behind, compare, page, settings, words

app_name = "reports"

urlpatterns = [
    path("", archive.index, name="index"),
    path("write", archive.write, name="write"),
    path("cases", behind.index, name="cases"),
    path("compare", compare.index, name="compare"),
    path("settings", settings.index, name="settings"),
    path("settings/time/<str:kind>", settings.put_time, name="put_time"),
    path("settings/limits/<str:indicator>", settings.put_limits, name="put_limits"),
    path("<int:number>", page.one, name="one"),
    path("<int:number>/words", words.index, name="words"),
    path("<int:number>/sign", page.press_sign, name="sign"),
    path("<int:number>/file/<str:form>", page.file, name="file"),
]
