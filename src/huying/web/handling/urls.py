from django.urls import path

from huying.web.handling import views

app_name = "handling"

urlpatterns = [
    path("", views.index, name="index"),
    path("sign", views.sign, name="sign"),
    path("<slug:number>", views.pane, name="pane"),
]
