from django.urls import path

from huying.web.chat import callback, desk

app_name = "chat"

urlpatterns = [
    path("", desk.index, name="index"),
    path("people/<int:number>", desk.thread, name="thread"),
    path("people/<int:number>/settled", desk.settle, name="settle"),
    path("<slug:key>/callback", callback.callback, name="callback"),
]
