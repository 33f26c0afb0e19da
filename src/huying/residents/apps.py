from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    name = "huying.residents"
    label = "residents"
    verbose_name = "住户"
    default_auto_field = "django.db.models.BigAutoField"
