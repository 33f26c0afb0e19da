from django.urls import path

from huying.api.assistants.door.view import door

urlpatterns = [path("mcp", door, name="mcp")]
