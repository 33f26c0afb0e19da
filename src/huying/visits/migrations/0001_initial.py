import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL("CREATE SEQUENCE visits_id", "DROP SEQUENCE visits_id"),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "person_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("person_id", models.BigIntegerField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[("any", "不限"), ("morning", "上午"), ("afternoon", "下午")], max_length=10
                    ),
                ),
                ("worker_id", models.BigIntegerField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("worker_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("why", models.CharField(max_length=60)),
                ("moved", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "until"], name="visits_absence_until")],
            },
        ),
        migrations.CreateModel(
            name="Change",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hospital", "住院或出院"),
                            ("fall", "摔倒或突发疾病"),
                            ("loss", "亲人去世"),
                            ("carer", "照料的人离开"),
                            ("disaster", "受灾或事故"),
                            ("mood", "情绪明显变化"),
                            ("other", "其他变故"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words_sealed", models.BinaryField(null=True)),
                ("visit_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("noted_by", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "person_id", "-id"], name="visits_change_of")],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("kind", models.CharField(blank=True, default="", max_length=20)),
                ("version", models.IntegerField()),
                ("questions", models.JSONField()),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "kind", "version"), name="visits_checklist_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                ("visit_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "person_id", "-id"], name="visits_need_of"),
                    models.Index(fields=["district", "record_id"], name="visits_need_record"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("month", models.DateField()),
                ("visits", models.IntegerField()),
                ("judged", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "month", "-id"], name="visits_plan_month")],
            },
        ),
        migrations.CreateModel(
            name="Record",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("visit_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "见到本人"),
                            ("family", "见到家属"),
                            ("refused", "本人谢绝"),
                            ("away", "没有人在家"),
                            ("phone", "电话联系"),
                            ("moved", "已搬走"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said_sealed", models.BinaryField(null=True)),
                (
                    "alarms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), default=list, size=None
                    ),
                ),
                ("account_id", models.BigIntegerField(null=True)),
                ("who", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "person_id", "-at"], name="visits_record_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("district", "visit_id", "key"), name="visits_record_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                (
                    "level",
                    models.CharField(
                        choices=[("high", "高风险"), ("key", "重点"), ("general", "一般")], max_length=8
                    ),
                ),
                ("version", models.IntegerField()),
                ("every", models.SmallIntegerField()),
                ("upheaval_hours", models.SmallIntegerField()),
                ("minutes", models.SmallIntegerField()),
                ("community_hours", models.SmallIntegerField()),
                ("street_hours", models.SmallIntegerField()),
                ("why", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "level", "version"), name="visits_standard_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                            models.Value("visits_id"),
                            function="nextval",
                            output_field=models.BigIntegerField(),
                        )
                    ),
                ),
                ("person_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                (
                    "reason",
                    models.CharField(
                        choices=[("standard", "按频次"), ("upheaval", "重大变故"), ("extra", "临时走访")],
                        max_length=10,
                    ),
                ),
                ("worker_id", models.BigIntegerField(null=True)),
                ("day", models.DateField()),
                (
                    "slot",
                    models.CharField(
                        choices=[("any", "不限"), ("morning", "上午"), ("afternoon", "下午")], max_length=10
                    ),
                ),
                ("place", models.SmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("rung", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("plan_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("done_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None)),
                        fields=["district", "worker_id", "day"],
                        name="visits_of_worker",
                    ),
                    models.Index(fields=["district", "area", "day"], name="visits_of_area"),
                    models.Index(fields=["district", "person_id", "-day"], name="visits_of_person"),
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["district", "next_at"],
                        name="visits_to_look_at",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None), ("dropped_at", None)),
                        fields=["district", "area", "due_at"],
                        name="visits_open",
                    ),
                ],
            },
        ),
    ]
