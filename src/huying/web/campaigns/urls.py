"""Campaigns, their tasks, and the season's calendar."""

from django.urls import path

from huying.web.campaigns import calendar, items, listing, one, opening, photos, tasks

app_name = "campaign"

urlpatterns = [
    path("", listing.index, name="index"),
    path("new", opening.new, name="new"),
    path("items", items.found, name="items"),
    path("tasks", tasks.mine, name="mine"),
    path("tasks/<int:number>", tasks.one, name="task"),
    path("tasks/<int:number>/photos/<int:photo>", photos.photo, name="photo"),
    path("tasks/<int:number>/waiting/<uuid:key>", photos.early, name="waiting"),
    path("tasks/<int:number>/waiting/<uuid:key>/<slug:name>", photos.early_photo, name="waiting_photo"),
    path("seasons", calendar.index, name="seasons"),
    path("seasons/new", calendar.new, name="new_season"),
    path("seasons/<slug:code>", calendar.one, name="season"),
    path("seasons/<slug:code>/end", calendar.press_end, name="end_season"),
    path("<int:number>", one.page, name="one"),
    path("<int:number>/close", one.press_close, name="close"),
]
