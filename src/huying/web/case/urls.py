from django.urls import path

from huying.web.case import drafts, media, page, speaking, talk, unmask
from huying.web.case.lists import index
from huying.web.case.maps import outlines, points
from huying.web.case.paper import order_form, report
from huying.web.case.steps import evidence, replying, templates
from huying.web.case.steps import views as steps

app_name = "case"

urlpatterns = [
    path("", index.index, name="index"),
    path("points", points.points, name="points"),
    path("areas.geojson", outlines.outlines, name="areas"),
    path("items", steps.items, name="items"),
    path("items/part", steps.part_items, name="part_items"),
    path("<slug:number>", page.page, name="page"),
    path("<slug:number>/report", report.report, name="report"),
    path("<slug:number>/order-form", order_form.order_form, name="order_form"),
    path("<slug:number>/steps/<slug:verb>", steps.step, name="step"),
    path("<slug:number>/alike", steps.alike, name="alike"),
    path("<slug:number>/templates/<slug:name>", templates.template, name="template"),
    path("<slug:number>/drafts/<int:draft>/drop", drafts.drop, name="drop_draft"),
    path("<slug:number>/reply-check", replying.check, name="reply_check"),
    path("<slug:number>/waiting/<uuid:key>/<slug:field>", evidence.photos, name="waiting"),
    path("<slug:number>/waiting/<uuid:key>/<slug:field>/<slug:name>", evidence.photo, name="waiting_photo"),
    path("<slug:number>/photos/<int:photo>", media.photo, name="photo"),
    path("<slug:number>/callers/<int:appeal>", unmask.caller, name="caller"),
    path("<slug:number>/messages", speaking.say, name="say"),
    path("<slug:number>/messages/<int:message>/photos/<int:place>", talk.said_photo, name="said_photo"),
    path("<slug:number>/proof", page.prove, name="prove"),
]
