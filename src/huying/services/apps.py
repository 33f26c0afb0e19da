from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "huying.services"
    label = "services"
    verbose_name = "身边服务"
    default_auto_field = "django.db.models.BigAutoField"
