from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "huying.visits"
    label = "visits"
    verbose_name = "走访"
    default_auto_field = "django.db.models.BigAutoField"
