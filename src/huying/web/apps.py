from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages: templates, styles, scripts and the views of every desk."""

    name = "huying.web"
    label = "web"
    verbose_name = "页面"
