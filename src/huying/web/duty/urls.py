from django.urls import path

from huying.web.duty import calling, handing, mine, present

app_name = "duty"

urlpatterns = [
    path("", mine.index, name="index"),
    path("now", present.now, name="now"),
    path("now.geojson", present.points, name="points"),
    path("people/<int:number>/phone", calling.phone, name="phone"),
    path("shifts/<int:number>/swap", mine.swap, name="swap"),
    path("swaps/<int:number>", mine.answer, name="answer"),
    path("shifts/<int:number>/handover", handing.give, name="give"),
    path("handovers/<int:number>", handing.one, name="handover"),
]
