from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "huying.lab"
    label = "lab"
    verbose_name = "政策实验"
