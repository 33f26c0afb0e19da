"""What stands in the register of devices, and when it is worked on."""

from django.db import models

from huying.devices.rules.kinds import DeviceKind


def next_id() -> models.Func:
    return models.Func(models.Value("devices_id"), function="nextval", output_field=models.BigIntegerField())


class Device(models.Model):
    """设备. ``code`` is printed on it. ``area`` is where it stands; ``lon``, ``lat`` in CGCS2000 degrees.

    ``every``: seconds in which it should be heard once, 0: only when something happens. ``heard_at``: when it
    was heard last, ``door``: by which way. ``silent_at``: since when it is taken for lost. ``secret``: the keyed digest
    of its own credential, ``station_secret`` that of the password it shows as a station of HJ 212. ``home``: those of
    one home bear one word.
    """

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=14, choices=DeviceKind.choices())
    name = models.CharField(max_length=60)
    area = models.CharField(max_length=15, db_collation="C")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place_text = models.CharField(max_length=200, blank=True, default="")
    body_id = models.BigIntegerField(null=True)
    maker = models.CharField(max_length=40, blank=True, default="")
    model = models.CharField(max_length=40, blank=True, default="")
    every = models.IntegerField(default=0)
    installed_on = models.DateField(null=True)
    calibrated_on = models.DateField(null=True)
    calibrate_days = models.IntegerField(default=0)
    battery = models.SmallIntegerField(null=True)
    heard_at = models.DateTimeField(null=True)
    door = models.CharField(max_length=8, blank=True, default="")
    silent_at = models.DateTimeField(null=True)
    secret = models.BinaryField(null=True)
    secret_at = models.DateTimeField(null=True)
    station_secret = models.BinaryField(null=True)
    station_at = models.DateTimeField(null=True)
    home = models.CharField(max_length=24, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=60, blank=True, default="")
    retired_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="devices_code")]
        indexes = [
            models.Index(fields=["district", "area", "id"], name="devices_of_area"),
            models.Index(fields=["district", "kind", "lat", "lon"], name="devices_near"),
            models.Index(
                fields=["district", "home"],
                condition=~models.Q(home=""),
                name="devices_of_home",
            ),
            # Who is to be looked for when silent: those that should be heard and are not known to be lost.
            models.Index(
                fields=["district", "heard_at"],
                condition=models.Q(every__gt=0, retired_at=None, silent_at=None),
                name="devices_to_hear",
            ),
        ]


class Maintenance(models.Model):
    """维护时段: while somebody works on a device its readings are kept and nothing follows from them."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField()
    id = models.BigIntegerField(db_default=next_id())
    device_id = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    why = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    made_by_account = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["district", "device_id", "until"], name="devices_maintained")]
