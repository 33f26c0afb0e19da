from django.apps import AppConfig


class EvaluateConfig(AppConfig):
    name = "huying.loop.evaluate"
    label = "evaluate"
    verbose_name = "评价"
    default_auto_field = "django.db.models.BigAutoField"
