"""What a person keeps for their own work."""

from django.db import models

from huying.people.models.accounts import Account


class SavedFilter(models.Model):
    """常用筛选: the question of a list under a name of one's own; ``list_name`` is the name its page goes by."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="saved_filters")
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "list_name", "name"], name="people_filter_once")
        ]
