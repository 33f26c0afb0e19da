from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "huying.teams"
    label = "teams"
    verbose_name = "网格队伍与值班"
    default_auto_field = "django.db.models.BigAutoField"
