import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("teams", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE emergency_id", "DROP SEQUENCE emergency_id"),
        migrations.CreateModel(
            name="Alert",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("emergency_id", models.BigIntegerField()),
                ("responder_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("volunteer", "志愿者"),
                            ("station", "微型消防站"),
                            ("crew", "抢险队伍"),
                            ("officer", "值班人员"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ring", models.SmallIntegerField()),
                ("metres", models.IntegerField()),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("reported", models.BooleanField()),
                ("alerted_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "能去"),
                            ("declined", "去不了"),
                            ("not_needed", "人已够"),
                            ("left", "中途退出"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, default="", max_length=60)),
                ("arrived_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "responder_id", "-id"], name="emergency_alert_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "emergency_id", "responder_id"), name="emergency_alert_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Emergency",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("case_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("plan", models.JSONField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("case", "案件页"),
                            ("seat", "坐席台"),
                            ("patrol", "网格员手机"),
                            ("command", "指挥大屏"),
                            ("device", "设备报警"),
                            ("other", "应急页"),
                        ],
                        max_length=10,
                    ),
                ),
                ("device", models.CharField(blank=True, default="", max_length=64)),
                ("device_key", models.CharField(blank=True, default="", max_length=80)),
                ("words", models.TextField(blank=True, default="")),
                ("place_text", models.CharField(blank=True, default="", max_length=300)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=60)),
                ("opened_by_account", models.BigIntegerField(null=True)),
                ("opened_by_key", models.BigIntegerField(null=True)),
                ("alarmed_at", models.DateTimeField()),
                ("ring", models.SmallIntegerField(default=0)),
                ("hand", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("failures", models.SmallIntegerField(default=0)),
                ("taken_at", models.DateTimeField(null=True)),
                ("taken_by", models.CharField(blank=True, default="", max_length=60)),
                ("taken_by_account", models.BigIntegerField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
                ("over_by", models.CharField(blank=True, default="", max_length=60)),
                ("over_by_account", models.BigIntegerField(null=True)),
                ("over_words", models.CharField(blank=True, default="", max_length=300)),
                ("length", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at"],
                        name="emergency_to_look_at",
                    ),
                    models.Index(fields=["district", "-opened_at", "-id"], name="emergency_newest"),
                    models.Index(
                        condition=models.Q(("over_at", None)),
                        fields=["district", "area"],
                        name="emergency_open_ones",
                    ),
                    models.Index(
                        condition=models.Q(("device", ""), _negated=True),
                        fields=["district", "device", "device_key", "-alarmed_at"],
                        name="emergency_of_device",
                    ),
                    models.Index(fields=["district", "case_id"], name="emergency_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("over_at", None)),
                        fields=("district", "case_id"),
                        name="emergency_one_open_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("over_at__isnull", True), ("next_at__isnull", True), _connector="OR"
                        ),
                        name="emergency_over_is_still",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("emergency_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "报警"),
                            ("again", "再次报警"),
                            ("ring", "发出告警"),
                            ("nobody", "附近无人"),
                            ("accepted", "能去"),
                            ("declined", "去不了"),
                            ("not_needed", "人已够"),
                            ("left", "中途退出"),
                            ("enough", "人数已够"),
                            ("arrived", "已到场"),
                            ("position", "报告位置"),
                            ("handed", "转值班员"),
                            ("taken", "已接手"),
                            ("outside", "移交"),
                            ("note", "情况"),
                            ("photo", "照片"),
                            ("voice", "语音"),
                            ("over", "解除"),
                            ("reviewed", "复盘"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("facts", models.JSONField(default=dict)),
                ("who", models.CharField(blank=True, default="", max_length=60)),
                ("account_id", models.BigIntegerField(null=True)),
                ("alert_id", models.BigIntegerField(null=True)),
                ("photo", models.CharField(blank=True, default="", max_length=200)),
                ("sound", models.CharField(blank=True, default="", max_length=200)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("key", models.CharField(blank=True, default="", max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "emergency_id", "at", "id"], name="emergency_mark_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("district", "emergency_id", "key"),
                        name="emergency_mark_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outside",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("emergency_id", models.BigIntegerField()),
                ("line", models.CharField(max_length=20)),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=60)),
                ("by_account", models.BigIntegerField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("key", models.CharField(max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "emergency_id", "key"), name="emergency_outside_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
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
                ("name", models.CharField(max_length=20)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("enough", models.IntegerField()),
                ("rings", models.CharField(max_length=300)),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("window", models.IntegerField()),
                ("hand_wait", models.IntegerField()),
                ("ended", models.BooleanField(default=False)),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "code", "version"), name="emergency_plan_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("emergency_id", models.BigIntegerField()),
                ("lessons", models.TextField()),
                ("measures", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=60)),
                ("by_account", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "emergency_id", "-id"], name="emergency_review_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("district", "code"), name="emergency_skill_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="Responder",
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
                            models.Value("emergency_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("volunteer", "志愿者"),
                            ("station", "微型消防站"),
                            ("crew", "抢险队伍"),
                            ("officer", "值班人员"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("contact", models.CharField(blank=True, default="", max_length=40)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("phone_digest", models.BinaryField(null=True)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("place_text", models.CharField(blank=True, default="", max_length=120)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
                ("days", models.CharField(max_length=7)),
                ("since", models.TimeField(null=True)),
                ("until", models.TimeField(null=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("now_lon", models.FloatField(null=True)),
                ("now_lat", models.FloatField(null=True)),
                ("now_at", models.DateTimeField(null=True)),
                ("rests_since", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(blank=True, default="", max_length=60)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_at", None), ("rests_since", None)),
                        fields=["district", "lon", "lat"],
                        name="emergency_responder_base",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("left_at", None), ("now_at__isnull", False), ("rests_since", None)
                        ),
                        fields=["district", "now_lon", "now_lat"],
                        name="emergency_responder_now",
                    ),
                    models.Index(fields=["district", "area", "name", "id"], name="emergency_responder_area"),
                    models.Index(
                        condition=models.Q(("account_id__isnull", False)),
                        fields=["district", "account_id"],
                        name="emergency_responder_account",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["skills"], name="emergency_responder_skill"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("district", "phone_digest"),
                        name="emergency_responder_phone",
                    )
                ],
            },
        ),
    ]
