"""Whether we hear at all: a sign of life of each process that listens."""

from django.db import models


class Ear(models.Model):
    """接收端: one way in on one machine. ``since``: since when it hears without a break, null while it does not.

    ``at``: its last sign of life. ``why``: what keeps it from hearing.
    """

    name = models.CharField(max_length=80, primary_key=True)
    door = models.CharField(max_length=8)
    at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True, default="")
