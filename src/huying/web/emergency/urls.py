from django.urls import path

from huying.web.emergency import cards, files, leading, mine, noting, opening, review
from huying.web.emergency.people import listing, one, sheets
from huying.web.emergency.setting import plans

app_name = "emergency"

urlpatterns = [
    path("", cards.index, name="index"),
    path("new", opening.new, name="new"),
    path("mine", mine.index, name="mine"),
    path("responders/", listing.index, name="responders"),
    path("responders/new", one.new, name="new_responder"),
    path("responders/import", sheets.bring, name="import"),
    path("responders/<int:number>", one.one, name="responder"),
    path("responders/<int:number>/state", one.state, name="responder_state"),
    path("responders/<int:number>/phone", one.phone, name="phone"),
    path("plans/", plans.index, name="plans"),
    path("plans/new", plans.new, name="new_plan"),
    path("plans/skills", plans.skill, name="skill"),
    path("plans/<slug:code>", plans.one, name="plan"),
    path("plans/<slug:code>/versions", plans.version, name="version"),
    path("<int:number>", cards.card, name="card"),
    path("<int:number>/now", cards.now, name="now"),
    path("<int:number>/points.geojson", cards.points, name="points"),
    path("<int:number>/review", review.review, name="review"),
    path("<int:number>/notes", noting.note, name="note"),
    path("<int:number>/files/<int:mark>", files.file, name="file"),
    path("<int:number>/take", leading.take, name="take"),
    path("<int:number>/ring", leading.ring, name="ring"),
    path("<int:number>/outside", leading.outside, name="outside"),
    path("<int:number>/over", leading.over, name="over"),
    path("<int:number>/answers/<int:alert>", leading.answered, name="answered"),
]
