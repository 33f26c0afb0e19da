import django.contrib.postgres.fields
from django.db import migrations, models

READINGS = """
CREATE TABLE devices_reading (
    district integer NOT NULL,
    device_id bigint NOT NULL,
    factor varchar(24) NOT NULL,
    at timestamp with time zone NOT NULL,
    value double precision NOT NULL,
    PRIMARY KEY (district, device_id, factor, at)
) PARTITION BY RANGE (at);
-- What comes before its month was made, or is older than any that is kept apart, is lost nowhere.
CREATE TABLE devices_reading_rest PARTITION OF devices_reading DEFAULT;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE devices_id", "DROP SEQUENCE devices_id"),
        migrations.CreateModel(
            name="HourTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "device_id",
                        "factor",
                        "hour",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("device_id", models.BigIntegerField()),
                ("factor", models.CharField(max_length=24)),
                ("hour", models.DateTimeField()),
                ("count", models.IntegerField()),
                ("total", models.FloatField()),
                ("least", models.FloatField()),
                ("most", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="LastReading",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "device_id",
                        "factor",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("device_id", models.BigIntegerField()),
                ("factor", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                ("value", models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name="Misread",
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
                            models.Value("devices_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("at", models.DateTimeField()),
                ("door", models.CharField(max_length=10)),
                ("device", models.CharField(blank=True, default="", max_length=40)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("form", "不是约定的 JSON"),
                            ("unknown", "没有登记这台设备"),
                            ("retired", "设备已停用"),
                            ("other", "替别的设备说话"),
                            ("empty", "没有读数、电量和报警"),
                            ("value", "读数不是数字"),
                            ("future", "时间在将来"),
                            ("old", "时间太久以前"),
                            ("time", "时间写法不对"),
                            ("factors", "设备的因子太多"),
                            ("fault", "程序出错"),
                        ],
                        max_length=10,
                    ),
                ),
                ("payload", models.TextField(blank=True, default="")),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(READINGS, "DROP TABLE devices_reading")],
            state_operations=[
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "district",
                                "device_id",
                                "factor",
                                "at",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("district", models.IntegerField()),
                        ("device_id", models.BigIntegerField()),
                        ("factor", models.CharField(max_length=24)),
                        ("at", models.DateTimeField()),
                        ("value", models.FloatField()),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="Device",
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
                            models.Value("devices_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sos", "一键求助"),
                            ("motion", "红外活动"),
                            ("smoke", "烟感"),
                            ("gas", "燃气"),
                            ("water_quality", "水质"),
                            ("manhole", "井盖"),
                            ("water_level", "水位"),
                            ("camera", "视频"),
                        ],
                        max_length=14,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("place_text", models.CharField(blank=True, default="", max_length=200)),
                ("body_id", models.BigIntegerField(null=True)),
                ("maker", models.CharField(blank=True, default="", max_length=40)),
                ("model", models.CharField(blank=True, default="", max_length=40)),
                ("every", models.IntegerField(default=0)),
                ("installed_on", models.DateField(null=True)),
                ("calibrated_on", models.DateField(null=True)),
                ("calibrate_days", models.IntegerField(default=0)),
                ("battery", models.SmallIntegerField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("silent_at", models.DateTimeField(null=True)),
                ("secret", models.BinaryField(null=True)),
                ("secret_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_by", models.CharField(blank=True, default="", max_length=60)),
                ("retired_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "area", "id"], name="devices_of_area"),
                    models.Index(fields=["district", "kind", "lat", "lon"], name="devices_near"),
                    models.Index(
                        condition=models.Q(("every__gt", 0), ("retired_at", None), ("silent_at", None)),
                        fields=["district", "heard_at"],
                        name="devices_to_hear",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("district", "code"), name="devices_code")],
            },
        ),
        migrations.CreateModel(
            name="Maintenance",
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
                            models.Value("devices_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("device_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "device_id", "until"], name="devices_maintained")
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
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
                            models.Value("devices_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("device_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("rule", "触发规则"), ("silence", "失联"), ("alarm", "设备报警")],
                        max_length=8,
                    ),
                ),
                ("rule", models.CharField(blank=True, default="", max_length=20)),
                ("factor", models.CharField(blank=True, default="", max_length=24)),
                ("case_id", models.BigIntegerField(null=True)),
                ("emergency_id", models.BigIntegerField(null=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("peak", models.FloatField(null=True)),
                ("curve", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "device_id", "-id"], name="devices_matters_of"),
                    models.Index(fields=["district", "case_id"], name="devices_matter_case"),
                    models.Index(
                        condition=models.Q(("until", None)),
                        fields=["district", "kind"],
                        name="devices_matters_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SilenceRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("version", models.IntegerField()),
                ("item", models.CharField(blank=True, default="", max_length=32)),
                ("urgency", models.SmallIntegerField(default=0)),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "version"), name="devices_silence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("code", models.CharField(max_length=20)),
                ("version", models.IntegerField()),
                ("name", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sos", "一键求助"),
                            ("motion", "红外活动"),
                            ("smoke", "烟感"),
                            ("gas", "燃气"),
                            ("water_quality", "水质"),
                            ("manhole", "井盖"),
                            ("water_level", "水位"),
                            ("camera", "视频"),
                        ],
                        max_length=14,
                    ),
                ),
                ("device_id", models.BigIntegerField(null=True)),
                ("factor", models.CharField(max_length=24)),
                (
                    "compare",
                    models.CharField(
                        choices=[("above", "高于"), ("below", "低于"), ("equals", "等于")], max_length=6
                    ),
                ),
                ("limit", models.FloatField()),
                ("over", models.FloatField()),
                ("hold", models.IntegerField(default=0)),
                ("quorum", models.SmallIntegerField(default=0)),
                ("metres", models.IntegerField(default=0)),
                ("flaps", models.SmallIntegerField(default=0)),
                (
                    "light",
                    models.CharField(
                        choices=[("any", "全天"), ("day", "白天"), ("night", "夜间")], max_length=5
                    ),
                ),
                (
                    "follow",
                    models.CharField(
                        choices=[("appeal", "转为诉求"), ("emergency", "发起应急")], max_length=9
                    ),
                ),
                ("emergency", models.CharField(blank=True, default="", max_length=20)),
                ("item", models.CharField(blank=True, default="", max_length=32)),
                ("urgency", models.SmallIntegerField(default=0)),
                ("ended", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "code", "version"), name="devices_rule_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchState",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "device_id",
                        "rule",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("device_id", models.BigIntegerField()),
                ("rule", models.CharField(max_length=20)),
                ("last", models.DateTimeField(null=True)),
                ("since", models.DateTimeField(null=True)),
                ("raised", models.DateTimeField(null=True)),
                ("peak", models.FloatField(null=True)),
                (
                    "changes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), default=list, size=None
                    ),
                ),
                ("first", models.DateTimeField(null=True)),
                ("worst", models.FloatField(null=True)),
                ("matter_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("since__isnull", False), ("first__isnull", False), _connector="OR"
                        ),
                        fields=["district", "device_id"],
                        name="devices_waiting",
                    )
                ],
            },
        ),
    ]
