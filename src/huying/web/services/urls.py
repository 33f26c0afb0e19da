"""Mounted at ``services/`` by the site."""

from django.urls import path

from huying.web.services import asks, circle, demand, offering

app_name = "service"

urlpatterns = [
    path("", asks.index, name="index"),
    path("asks/<int:number>", asks.one, name="ask"),
    path("asks/<int:number>/person", asks.person, name="person"),
    path("asks/<int:number>/arrange", asks.arranged, name="arrange"),
    path("asks/<int:number>/finish", asks.finished, name="finish"),
    path("asks/<int:number>/off", asks.called_off, name="off"),
    path("offered/", offering.index, name="offered"),
    path("offered/new/<int:facility>", offering.new, name="new"),
    path("offered/<int:number>", offering.one, name="one"),
    path("offered/<int:number>/end", offering.ended, name="end"),
    path("offered/<int:number>/slots", offering.slots, name="slots"),
    path("offered/<int:number>/slots/<int:slot>/cancel", offering.slot_cancelled, name="cancel_slot"),
    path("circle", circle.index, name="circle"),
    path("circle/draw", circle.drawn, name="draw_circle"),
    path("communities.geojson", circle.communities, name="communities"),
    path("demand", demand.index, name="demand"),
]
