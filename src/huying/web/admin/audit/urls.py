from django.urls import path

from huying.web.admin.audit import changes, sign_ins, viewings

app_name = "audit"

urlpatterns = [
    path("", viewings.index, name="index"),
    path("/changes", changes.index, name="changes"),
    path("/sign-ins", sign_ins.index, name="sign_ins"),
]
