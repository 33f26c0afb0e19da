from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "huying.figures"
    label = "figures"
    verbose_name = "统计"
    default_auto_field = "django.db.models.BigAutoField"
