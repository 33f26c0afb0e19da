from django.apps import AppConfig


class WarningsConfig(AppConfig):
    name = "huying.prevent.warnings"
    label = "warnings"
    verbose_name = "预警"
    default_auto_field = "django.db.models.BigAutoField"
