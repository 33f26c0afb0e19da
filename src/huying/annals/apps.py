from django.apps import AppConfig


class AnnalsConfig(AppConfig):
    name = "huying.annals"
    label = "annals"
    verbose_name = "变更记录"
    default_auto_field = "django.db.models.BigAutoField"
