from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    name = "huying.volunteers"
    label = "volunteers"
    verbose_name = "志愿者"
    default_auto_field = "django.db.models.BigAutoField"
