"""Assessment: rankings, scores of cases, exemptions, ratings, periods."""

from django.urls import path

from huying.web.evaluation.assessment import exemptions, matters, periods, rankings, ratings

app_name = "assessment"

urlpatterns = [
    path("", rankings.index, name="rankings"),
    path("periods", periods.index, name="periods"),
    path("periods/close", periods.close, name="close"),
    path("periods/<int:number>", periods.one, name="period"),
    path("periods/<int:number>/reopen", periods.reopen, name="reopen"),
    path("exemptions", exemptions.index, name="exemptions"),
    path("exemptions/<int:number>", exemptions.one, name="exemption"),
    path("exemptions/ask/<str:number>", exemptions.ask, name="ask"),
    path("matters", matters.index, name="matters"),
    path("ratings", ratings.index, name="ratings"),
    path("ratings/give", ratings.give, name="rate"),
]
