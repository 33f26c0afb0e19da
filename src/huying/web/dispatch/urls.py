from django.urls import path

from huying.web.dispatch import map, opinion, presence, together, views

app_name = "dispatch"

urlpatterns = [
    path("", views.index, name="index"),
    path("map", map.part, name="map"),
    path("accept", together.accept, name="accept"),
    path("<slug:number>", views.pane, name="pane"),
    path("<slug:number>/presence", presence.beat, name="presence"),
    path("<slug:number>/bodies", views.bodies, name="bodies"),
    path("<slug:number>/opinion", opinion.index, name="opinion"),
    path("<slug:number>/decision", views.decide, name="decide"),
    path("<slug:number>/same", views.same, name="same"),
    path("<slug:number>/merge", together.merge, name="merge"),
]
