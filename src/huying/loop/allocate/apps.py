from django.apps import AppConfig


class AllocateConfig(AppConfig):
    name = "huying.loop.allocate"
    label = "allocate"
    verbose_name = "分拨"
    default_auto_field = "django.db.models.BigAutoField"
