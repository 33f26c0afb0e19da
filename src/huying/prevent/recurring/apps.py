from django.apps import AppConfig


class RecurringConfig(AppConfig):
    name = "huying.prevent.recurring"
    label = "recurring"
    verbose_name = "反复问题"
    default_auto_field = "django.db.models.BigAutoField"
