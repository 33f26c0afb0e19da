from django.urls import path

from huying.web.seat import line, views

app_name = "desk"

urlpatterns = [
    path("", views.index, name="index"),
    path("caller", views.caller, name="caller"),
    path("suggestions", views.suggest, name="suggest"),
    path("line", line.show, name="line"),
    path("line/acts", line.act, name="line_act"),
    path("receipts/<slug:number>", views.receipt, name="receipt"),
]
