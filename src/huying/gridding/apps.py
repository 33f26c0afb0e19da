from django.apps import AppConfig


class GriddingConfig(AppConfig):
    name = "huying.gridding"
    label = "gridding"
    verbose_name = "网格调整"
    default_auto_field = "django.db.models.BigAutoField"
