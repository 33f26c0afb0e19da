from django.apps import AppConfig


class LongWorkConfig(AppConfig):
    name = "huying.longwork"
    label = "longwork"
    verbose_name = "后台任务"
    default_auto_field = "django.db.models.BigAutoField"
