from django.urls import path

from huying.web.risk import views

app_name = "risk"

urlpatterns = [
    path("", views.index, name="index"),
    path("width", views.width, name="width"),
    path("<int:signal>/verdict", views.verdict, name="verdict"),
]
