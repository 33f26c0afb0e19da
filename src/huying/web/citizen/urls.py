from django.urls import path

from huying.web.citizen import messages, own, promises, shell, views
from huying.web.citizen.public import ground
from huying.web.citizen.public import promises as open_promises
from huying.web.citizen.public import views as open_views
from huying.web.citizen.writing import views as writing

app_name = "citizen"

urlpatterns = [
    path("", views.home, name="home"),
    path("report", views.report, name="report"),
    path("report/neighbours", writing.alike, name="neighbours"),
    path("report/places", writing.places, name="places"),
    path("report/here", writing.here, name="here"),
    path("report/photos/<uuid:key>", writing.photos, name="waiting"),
    path("report/photos/<uuid:key>/<slug:name>", writing.photo, name="waiting_photo"),
    path("receipt/<slug:number>", views.receipt, name="receipt"),
    path("receipt/<slug:number>/join", views.join, name="join"),
    path("mine", own.own, name="mine"),
    path("mine/forget", own.forget, name="forget"),
    path("track", views.find, name="find"),
    path("track/<slug:number>", views.track, name="track"),
    path("track/<slug:number>/photos/<int:photo>", views.photo, name="photo"),
    path("track/<slug:number>/proof", views.prove, name="prove"),
    path("track/<slug:number>/chain.json", views.chain, name="chain"),
    path("track/<slug:number>/proof.json", views.proof_file, name="proof_file"),
    path("track/<slug:number>/messages", messages.choose, name="messages"),
    path("track/<slug:number>/withdrawal", views.withdraw, name="withdraw"),
    path("track/<slug:number>/cases/<slug:case>/promises/<int:promise>/denial", promises.deny, name="deny"),
    path("track/<slug:number>/cases/<slug:case>/rating", views.rate, name="rate"),
    path("public", open_views.answered, name="public"),
    path("public/near", open_views.around, name="near"),
    path("public/promises", open_promises.promises, name="promises"),
    path("elder", open_views.elder, name="elder"),
    path("ground.geojson", ground.whole, name="ground"),
    path("ground/<int:zoom>/<int:column>/<int:row>", ground.tile, name="ground_tile"),
    path("areas.geojson", open_views.areas, name="areas"),
    path("offline", shell.offline, name="offline"),
    path("worker.js", shell.worker, name="worker"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
]
