from django.apps import AppConfig


class HotIssuesConfig(AppConfig):
    name = "huying.prevent.hot_issues"
    label = "hot_issues"
    verbose_name = "热点问题"
    default_auto_field = "django.db.models.BigAutoField"
