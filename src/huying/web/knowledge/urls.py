from django.urls import path

from huying.web.knowledge import gaps, pages, writing

app_name = "knowledge"

urlpatterns = [
    path("", pages.index, name="index"),
    path("ending", pages.ending, name="ending"),
    path("gaps", gaps.index, name="gaps"),
    path("gaps/<int:number>/settled", gaps.settle, name="settle"),
    path("starter", writing.start, name="start"),
    path("new", writing.new, name="new"),
    path("<int:number>", pages.one, name="article"),
    path("<int:number>/text", writing.change, name="change"),
    path("<int:number>/standing", writing.turn, name="turn"),
]
