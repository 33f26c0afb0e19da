from django.urls import path

from huying.web.seat import views

app_name = "desk"

urlpatterns = [
    path("", views.index, name="index"),
    path("caller", views.caller, name="caller"),
    path("suggestions", views.suggest, name="suggest"),
    path("receipts/<slug:number>", views.receipt, name="receipt"),
]
