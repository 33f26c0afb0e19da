from django.urls import path

from huying.web.admin.exchange import days, letters, peers

app_name = "exchange"

urlpatterns = [
    path("", peers.index, name="index"),
    path("letters", letters.index, name="letters"),
    path("letters/again", letters.again, name="again"),
    path("letters/<slug:way>/<int:number>", letters.one, name="letter"),
    path("days/<int:number>", days.one, name="day"),
    path("days/<int:number>.csv", days.sheet, name="day_sheet"),
    path("system/<slug:code>", peers.one, name="peer"),
    path("system/<slug:code>/settings", peers.change, name="change"),
    path("system/<slug:code>/map", peers.map_, name="map"),
    path("system/<slug:code>/switch", peers.turn, name="switch"),
    path("system/<slug:code>/wake", peers.call, name="wake"),
    path("system/<slug:code>/try", peers.attempt, name="try"),
    path("system/<slug:code>/days", days.run, name="run_day"),
]
