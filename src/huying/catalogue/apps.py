from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "huying.catalogue"
    label = "catalogue"
    verbose_name = "职责清单"
    default_auto_field = "django.db.models.BigAutoField"
