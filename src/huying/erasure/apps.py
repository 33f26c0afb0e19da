from django.apps import AppConfig


class ErasureConfig(AppConfig):
    name = "huying.erasure"
    label = "erasure"
    verbose_name = "个人信息删除"
    default_auto_field = "django.db.models.BigAutoField"
