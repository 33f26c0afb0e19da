from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "huying.emergency"
    label = "emergency"
    verbose_name = "应急"
    default_auto_field = "django.db.models.BigAutoField"
