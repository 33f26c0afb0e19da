from django.urls import path

from huying.web.knowledge import public

app_name = "questions"

urlpatterns = [
    path("", public.index, name="index"),
    path("<int:number>", public.one, name="article"),
    path("<int:number>/helped", public.helped, name="helped"),
]
