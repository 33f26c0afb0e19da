import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE volunteers_id", "DROP SEQUENCE volunteers_id"),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "muster_id",
                        "volunteer_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("muster_id", models.BigIntegerField()),
                ("volunteer_id", models.BigIntegerField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("held", "已认领"),
                            ("waiting", "候补"),
                            ("left", "不去了"),
                            ("present", "已签到"),
                            ("done", "已签退"),
                            ("absent", "没有到"),
                        ],
                        max_length=8,
                    ),
                ),
                ("claimed_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("in_at", models.DateTimeField(null=True)),
                (
                    "in_way",
                    models.CharField(
                        blank=True,
                        choices=[("place", "到地点签到"), ("leader", "带队人登记")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("in_metres", models.IntegerField(null=True)),
                ("in_by", models.CharField(blank=True, default="", max_length=60)),
                ("out_at", models.DateTimeField(null=True)),
                (
                    "out_way",
                    models.CharField(
                        blank=True,
                        choices=[("place", "到地点签到"), ("leader", "带队人登记")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("out_by", models.CharField(blank=True, default="", max_length=60)),
                ("minutes", models.IntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["district", "volunteer_id", "-muster_id"], name="volunteers_claims_of"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("sheet", models.CharField(choices=[("resource", "资源"), ("need", "需求")], max_length=8)),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("place", "场地"),
                            ("goods", "物资设备"),
                            ("money", "资金"),
                            ("people", "人手"),
                            ("health", "健康义诊"),
                            ("teaching", "教育培训"),
                            ("law", "法律服务"),
                            ("care", "关爱帮扶"),
                            ("culture", "文体活动"),
                            ("repair", "维修改造"),
                            ("order", "停车秩序"),
                            ("other", "其他事项"),
                        ],
                        max_length=8,
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("title", models.CharField(max_length=60)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("once", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "sheet", "-id"], name="volunteers_listing_newest"),
                    models.Index(fields=["district", "unit_id"], name="volunteers_listing_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "once"), name="volunteers_listing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Muster",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=15), size=None
                    ),
                ),
                ("title", models.CharField(max_length=40)),
                ("words", models.TextField(blank=True)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                (
                    "only",
                    models.CharField(
                        blank=True,
                        choices=[("resident", "居民志愿者"), ("member", "报到党员")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("quota", models.IntegerField()),
                ("place_text", models.CharField(blank=True, default="", max_length=120)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("check_metres", models.IntegerField()),
                ("near", models.IntegerField(default=0)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("case_id", models.BigIntegerField(null=True)),
                ("project_id", models.BigIntegerField(null=True)),
                ("once", models.CharField(max_length=60)),
                ("told", models.IntegerField(default=0)),
                ("first_at", models.DateTimeField(null=True)),
                ("filled_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("made_by_account", models.BigIntegerField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                ("urged_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.CharField(blank=True, default="", max_length=60)),
                ("closing", models.TextField(blank=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.CharField(blank=True, default="", max_length=60)),
                ("cancelled_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "-id"], name="volunteers_muster_newest"),
                    models.Index(
                        condition=models.Q(("cancelled_at", None), ("closed_at", None)),
                        fields=["district", "ends_at"],
                        name="volunteers_muster_open",
                    ),
                    models.Index(
                        condition=models.Q(("case_id__isnull", False)),
                        fields=["district", "case_id"],
                        name="volunteers_muster_case",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "once"), name="volunteers_muster_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Progress",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("project_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=60)),
                ("words", models.CharField(max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "project_id", "id"], name="volunteers_progress_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("title", models.CharField(max_length=60)),
                ("need_id", models.BigIntegerField()),
                ("resource_id", models.BigIntegerField(null=True)),
                ("unit_id", models.BigIntegerField()),
                ("who", models.CharField(max_length=40)),
                ("promise", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("once", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, default="", max_length=60)),
                ("result", models.CharField(blank=True, default="", max_length=500)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_by", models.CharField(blank=True, default="", max_length=60)),
                ("stopped_why", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-id"], name="volunteers_project_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "once"), name="volunteers_project_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_at", None)),
                        fields=("district", "need_id"),
                        name="volunteers_project_of_need",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "muster_id",
                        "volunteer_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("muster_id", models.BigIntegerField()),
                ("volunteer_id", models.BigIntegerField()),
                ("told_at", models.DateTimeField()),
                ("metres", models.IntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "volunteer_id"], name="volunteers_told_whom")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("office", "机关事业单位"),
                            ("company", "企业"),
                            ("school", "学校"),
                            ("clinic", "医院"),
                            ("property", "物业公司"),
                            ("owners", "业主委员会"),
                            ("society", "社会组织"),
                            ("shop", "商户"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("contact", models.CharField(blank=True, default="", max_length=40)),
                ("phone_sealed", models.BinaryField(null=True)),
                ("words", models.CharField(blank=True, default="", max_length=500)),
                ("body_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "area", "id"], name="volunteers_unit_area")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at", None)),
                        fields=("district", "name"),
                        name="volunteers_unit_name",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
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
                            models.Value("volunteers_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("caller_id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("resident", "居民志愿者"), ("member", "报到党员")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("home", models.CharField(blank=True, db_collation="C", default="", max_length=15)),
                ("unit_id", models.BigIntegerField(null=True)),
                ("unit_text", models.CharField(blank=True, default="", max_length=60)),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("days", models.CharField(max_length=7)),
                ("since", models.TimeField(null=True)),
                ("until", models.TimeField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("metres", models.IntegerField()),
                ("responder_id", models.BigIntegerField(null=True)),
                ("consent", models.CharField(max_length=20)),
                ("agreed_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("rests_since", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("left_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_at", None)),
                        fields=["district", "area", "id"],
                        name="volunteers_of_area",
                    ),
                    models.Index(
                        condition=models.Q(("left_at", None)),
                        fields=["district", "home", "id"],
                        name="volunteers_of_home",
                    ),
                    models.Index(
                        condition=models.Q(("unit_id__isnull", False)),
                        fields=["district", "unit_id"],
                        name="volunteers_of_unit",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "caller_id"), name="volunteers_caller")
                ],
            },
        ),
    ]
