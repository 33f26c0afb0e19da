from django.apps import AppConfig


class PatrolConfig(AppConfig):
    name = "huying.patrol"
    label = "patrol"
    verbose_name = "巡查"
    default_auto_field = "django.db.models.BigAutoField"
