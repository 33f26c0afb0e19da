from django.apps import AppConfig


class SandboxConfig(AppConfig):
    name = "huying.sandbox"
    label = "sandbox"
    verbose_name = "接口试用"
    default_auto_field = "django.db.models.BigAutoField"
