from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "huying.prevent.campaigns"
    label = "campaigns"
    verbose_name = "专项治理"
    default_auto_field = "django.db.models.BigAutoField"
