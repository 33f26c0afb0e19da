from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "huying.prevent.risk"
    label = "risk"
    verbose_name = "风险提示"
    default_auto_field = "django.db.models.BigAutoField"
