from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "huying.webhooks"
    label = "webhooks"
    verbose_name = "订阅推送"
    default_auto_field = "django.db.models.BigAutoField"
