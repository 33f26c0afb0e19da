from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "huying.texts"
    label = "texts"
    verbose_name = "通知和模板"
    default_auto_field = "django.db.models.BigAutoField"
