from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "huying.chat"
    label = "chat"
    verbose_name = "对话"
    default_auto_field = "django.db.models.BigAutoField"
