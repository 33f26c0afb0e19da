from django.apps import AppConfig


class VideoConfig(AppConfig):
    name = "huying.video"
    label = "video"
    verbose_name = "视频报警"
    default_auto_field = "django.db.models.BigAutoField"
