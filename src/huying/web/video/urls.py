from django.urls import path

from huying.web.video import listing, looking, one, pictures, rules

app_name = "video"

urlpatterns = [
    path("", listing.index, name="index"),
    path("rules/", rules.index, name="rules"),
    path("rules/<slug:kind>", rules.one, name="rule"),
    path("<int:number>", one.one, name="one"),
    path("<int:number>/open", looking.opened, name="open"),
    path("<int:number>/verdict", looking.judged, name="verdict"),
    path("<int:number>/pictures/<int:picture>", pictures.coarse, name="coarse"),
    path("<int:number>/pictures/<int:picture>/taken", pictures.taken, name="taken"),
    path("<int:number>/pictures/<int:picture>/remove", looking.removed, name="remove"),
]
