"""Early warnings, each of them, and what is promised of them."""

from django.urls import path

from huying.web.warnings import deciding, listing, one, promise

app_name = "warning"

urlpatterns = [
    path("", listing.index, name="index"),
    path("promise", promise.index, name="promise"),
    path("<int:number>", one.page, name="one"),
    path("<int:number>/cases", one.cases, name="cases"),
    path("<int:number>/acknowledge", deciding.press_acknowledge, name="acknowledge"),
    path("<int:number>/mute", deciding.press_mute, name="mute"),
    path("<int:number>/settle", deciding.press_settle, name="settle"),
]
