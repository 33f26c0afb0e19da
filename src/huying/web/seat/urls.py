from django.urls import path

from huying.web.seat import line, matters, shift, views

app_name = "desk"

urlpatterns = [
    path("", views.index, name="index"),
    path("caller", views.caller, name="caller"),
    path("suggestions", views.suggest, name="suggest"),
    path("reply-check", views.reply_check, name="reply_check"),
    path("matter", matters.tell, name="matter"),
    path("reminders", matters.remind, name="remind"),
    path("today", shift.today, name="today"),
    path("line", line.show, name="line"),
    path("line/acts", line.act, name="line_act"),
    path("receipts/<slug:number>", views.receipt, name="receipt"),
]
