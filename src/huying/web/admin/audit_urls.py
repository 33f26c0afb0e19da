from django.urls import path

from huying.web.admin import audit

app_name = "audit"

urlpatterns = [path("", audit.index, name="index")]
