"""Districts, their areas in versions, and the gazetteer of named places.

Positions are CGCS2000 degrees. Small reference data except Place, which a large district counts in
hundreds of thousands and which therefore carries the district in its key.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huying.geo.datums import Datum
from huying.places.rules.changes import ChangeState
from huying.places.rules.levels import Level, PlaceKind


class District(models.Model):
    """One tenant of the platform: a district, or whatever area is run as one."""

    code = models.IntegerField("区划代码", primary_key=True)
    name = models.CharField("名称", max_length=40)
    city = models.CharField("所在市", max_length=40, blank=True, default="")
    zone = models.CharField("时区", max_length=40, default="Asia/Shanghai")
    datum = models.CharField(
        "显示坐标系", max_length=10, choices=Datum.choices(), default=Datum.CGCS2000.value
    )
    lon = models.FloatField("中心经度", null=True, blank=True)
    lat = models.FloatField("中心纬度", null=True, blank=True)
    # A random token, not a counter: the number of a transaction that was rolled back would come again.
    revision = models.UUIDField("区划版本", default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = "区"
        verbose_name_plural = "区"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Jurisdiction(models.Model):
    """对外名称: how outside software names a district (Open311's jurisdiction_id), and whom it may ask.

    ``names`` are domain names in lower case, beside the district's own code, which always holds.
    """

    district = models.IntegerField("区划代码", primary_key=True)
    names = ArrayField(models.CharField(max_length=100), default=list)
    contact = models.CharField("联系方式", max_length=300)
    key_service = models.CharField("怎样申请密钥", max_length=300)
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.BigIntegerField("修改人", null=True)

    class Meta:
        verbose_name = "对外名称"
        verbose_name_plural = "对外名称"

    def __str__(self) -> str:
        return f"{self.district} {' '.join(self.names)}"


class Area(models.Model):
    """One version of one area. The version in force has no ``valid_to``."""

    district = models.IntegerField("区划代码")
    code = models.CharField("区域代码", max_length=15)
    level = models.CharField("层级", max_length=10, choices=Level.choices())
    name = models.CharField("名称", max_length=120)
    parent_code = models.CharField("上级代码", max_length=12, blank=True, default="")
    geometry = models.JSONField("边界", null=True, blank=True)
    lon = models.FloatField("标注经度", null=True, blank=True)
    lat = models.FloatField("标注纬度", null=True, blank=True)
    source = models.CharField("来源", max_length=120, blank=True, default="")
    digest = models.CharField("内容摘要", max_length=64)
    valid_from = models.DateTimeField("生效时间")
    valid_to = models.DateTimeField("失效时间", null=True, blank=True)

    class Meta:
        verbose_name = "区域"
        verbose_name_plural = "区域"
        ordering = ["district", "code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code"],
                condition=models.Q(valid_to__isnull=True),
                name="area_one_in_force",
            ),
            models.UniqueConstraint(fields=["district", "code", "valid_from"], name="area_one_version"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AreaChange(models.Model):
    """区划变更: edits to the areas below one parent, drawn up and then put in force at a moment.

    ``key`` is chosen by whoever opens it, so that opening twice gives one. ``steps`` are the edits in their
    order; ``base`` holds the digest of each area it was drawn on; ``codes`` are the areas begun, redrawn or ended.
    """

    district = models.IntegerField("区划代码")
    key = models.UUIDField("来源标识", editable=False)
    parent_code = models.CharField("上级代码", max_length=12)
    state = models.CharField("状态", max_length=10, choices=ChangeState.choices())
    steps = models.JSONField("步骤", default=list)
    base = models.JSONField("所据边界", default=dict)
    codes = models.JSONField("涉及区域", default=list)
    reason = models.CharField("原因", max_length=200, blank=True, default="")
    opened_at = models.DateTimeField("起草时间")
    opened_by = models.CharField("起草人", max_length=60)
    opened_by_account = models.BigIntegerField("起草账号", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.CharField("决定人", max_length=60, blank=True, default="")
    decided_by_account = models.BigIntegerField("决定账号", null=True)
    valid_from = models.DateTimeField("生效时间", null=True)

    class Meta:
        verbose_name = "区划变更"
        verbose_name_plural = "区划变更"
        ordering = ["district", "-id"]
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="area_change_once")]

    def __str__(self) -> str:
        return f"{self.parent_code} {self.state}"


class Place(models.Model):
    """One named place. ``id`` is a digest of what names it, so that adding it twice changes nothing."""

    pk = models.CompositePrimaryKey("district", "id")
    district = models.IntegerField("区划代码")
    id = models.BigIntegerField("编号")
    name = models.CharField("名称", max_length=80)
    aliases = models.JSONField("别名", default=list, blank=True)
    kind = models.CharField("类型", max_length=10, choices=PlaceKind.choices())
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    area_code = models.CharField("所在区域", max_length=15, blank=True, default="")
    address = models.CharField("地址", max_length=160, blank=True, default="")
    # The course of a road or river, from which crossings and house numbers are worked out.
    geometry = models.JSONField("走向", null=True, blank=True)

    class Meta:
        verbose_name = "地名"
        verbose_name_plural = "地名"
        indexes = [models.Index(fields=["district", "kind", "name"], name="place_by_kind")]

    def __str__(self) -> str:
        return self.name
