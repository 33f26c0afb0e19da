"""Homes of those who live alone: what is known of their habits, and when the silence of now becomes unusual."""

from django.db import models

from huying.devices.rules.home.standard import Level


class HomeState(models.Model):
    """一户的守护状态. ``home``: the word its devices bear. ``habits``: as ``rules.home.habits.keeping`` writes them.

    ``due_at``: when it is looked at next: the moment at which the silence of now becomes unusual. ``matter_id``: the
    matter that is open, ``level`` how far it has gone, ``since`` the sign after which it was silent.
    """

    pk = models.CompositePrimaryKey("district", "home")
    district = models.IntegerField()
    home = models.CharField(max_length=24)
    habits = models.JSONField(default=dict)
    learned_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=6, choices=Level.choices(), blank=True, default="")
    since = models.DateTimeField(null=True)
    matter_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["district", "due_at"], name="devices_homes_due"),
            models.Index(fields=["district", "learned_at"], name="devices_homes_learned"),
        ]
