from django.apps import AppConfig


class SuperviseConfig(AppConfig):
    name = "huying.loop.supervise"
    label = "supervise"
    verbose_name = "监管"
    default_auto_field = "django.db.models.BigAutoField"
