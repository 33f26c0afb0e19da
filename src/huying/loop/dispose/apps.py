from django.apps import AppConfig


class DisposeConfig(AppConfig):
    name = "huying.loop.dispose"
    label = "dispose"
    verbose_name = "处置"
    default_auto_field = "django.db.models.BigAutoField"
