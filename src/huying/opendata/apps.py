from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "huying.opendata"
    label = "opendata"
    verbose_name = "开放数据"
    default_auto_field = "django.db.models.BigAutoField"
