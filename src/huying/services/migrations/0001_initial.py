import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE services_id", "DROP SEQUENCE services_id"),
        migrations.CreateModel(
            name="FacilityKind",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "code", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("code", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=20)),
                ("circle", models.BooleanField(default=False)),
                ("minutes", models.SmallIntegerField(default=15)),
                ("rank", models.SmallIntegerField(default=100)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PeopleSpot",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(blank=True, default="", max_length=80)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("people", models.FloatField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
            ],
        ),
        migrations.CreateModel(
            name="Surroundings",
            fields=[
                ("district", models.IntegerField(primary_key=True, serialize=False)),
                ("roads", models.UUIDField(default=uuid.uuid4, verbose_name="路网版本")),
                ("places", models.UUIDField(default=uuid.uuid4, verbose_name="设施版本")),
                ("nodes", models.IntegerField(default=0)),
                ("edges", models.IntegerField(default=0)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("drawn_by", models.CharField(blank=True, default="", max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="WalkEdge",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("start", models.BigIntegerField()),
                ("end", models.BigIntegerField()),
                ("metres", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="WalkNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("number", models.CharField(max_length=12)),
                ("key", models.UUIDField()),
                ("service_id", models.BigIntegerField()),
                ("facility_id", models.BigIntegerField()),
                ("slot_id", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待安排"),
                            ("arranged", "已安排"),
                            ("done", "服务完成"),
                            ("missed", "未到"),
                            ("cancelled", "取消"),
                        ],
                        max_length=10,
                    ),
                ),
                ("caller_id", models.BigIntegerField(null=True)),
                ("name_sealed", models.BinaryField(null=True)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("address_sealed", models.BinaryField(null=True)),
                ("words_sealed", models.BinaryField(null=True)),
                ("community", models.CharField(blank=True, db_collation="C", default="", max_length=12)),
                ("made_at", models.DateTimeField()),
                ("starts_at", models.DateTimeField(null=True)),
                ("arranged_at", models.DateTimeField(null=True)),
                ("arranged_by", models.CharField(blank=True, default="", max_length=60)),
                ("worker", models.CharField(blank=True, default="", max_length=40)),
                ("told", models.CharField(blank=True, default="", max_length=200)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
                ("by_resident", models.BooleanField(default=False)),
                ("stars", models.SmallIntegerField(null=True)),
                ("review_sealed", models.BinaryField(null=True)),
                ("rated_at", models.DateTimeField(null=True)),
                ("cleared_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "facility_id", "state", "id"], name="services_asks_of"),
                    models.Index(
                        condition=models.Q(("reminded_at", None), ("state", "arranged")),
                        fields=["district", "starts_at"],
                        name="services_asks_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(("cleared_at", None)),
                        fields=["district", "ended_at"],
                        name="services_asks_to_clear",
                    ),
                    models.Index(
                        condition=models.Q(("caller_id__isnull", False)),
                        fields=["district", "caller_id"],
                        name="services_asks_by",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "number"), name="services_ask_number"),
                    models.UniqueConstraint(fields=("district", "key"), name="services_ask_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "arranged"])),
                        fields=("district", "slot_id", "caller_id"),
                        name="services_ask_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Circle",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("seconds", models.FloatField()),
                ("roads", models.UUIDField(null=True)),
                ("straight", models.FloatField(default=0.0)),
                ("people", models.FloatField()),
                ("spots", models.IntegerField()),
                ("kinds", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-id"], name="services_circles")],
            },
        ),
        migrations.CreateModel(
            name="EntryReport",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("facility_id", models.BigIntegerField()),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("place", "位置不对"),
                            ("hours", "开放时间不对"),
                            ("closed", "已经没有了"),
                            ("phone", "电话不对"),
                            ("amenity", "母婴室、无障碍、停车说的不对"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=300)),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "settling",
                    models.CharField(
                        blank=True,
                        choices=[("mended", "已改正"), ("ended", "已撤下"), ("right", "核对无误")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["district", "id"],
                        name="services_reports_open",
                    ),
                    models.Index(fields=["district", "facility_id", "-id"], name="services_reports_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=24)),
                ("key", models.CharField(blank=True, default="", max_length=60)),
                ("kind", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=80)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("address", models.CharField(blank=True, default="", max_length=160)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("hours", models.CharField(blank=True, default="", max_length=300)),
                (
                    "amenities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("body_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("changed_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("checked_by", models.CharField(blank=True, default="", max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
                ("ended_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "area", "id"], name="services_facility_area"),
                    models.Index(fields=["district", "kind", "id"], name="services_facility_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("district", "source", "key"),
                        name="services_facility_source",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FacilityPhoto",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("facility_id", models.BigIntegerField()),
                ("path", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "facility_id", "sha256"), name="services_photo_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HoursException",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("facility_id", models.BigIntegerField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("spans", models.CharField(max_length=100)),
                ("why", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "facility_id", "last"], name="services_exceptions_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("facility_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("category", models.CharField(max_length=12)),
                ("minutes", models.SmallIntegerField()),
                ("notice", models.SmallIntegerField()),
                ("confirms", models.BooleanField(default=True)),
                ("at_home", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("district", "facility_id", "name"),
                        name="services_service_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "id",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("services_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("service_id", models.BigIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("capacity", models.SmallIntegerField()),
                ("taken", models.SmallIntegerField(default=0)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("district", "service_id", "starts_at"),
                        name="services_slot_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__gte", 0), ("taken__lte", models.F("capacity"))),
                        name="services_never_overbooked",
                    ),
                ],
            },
        ),
    ]
