"""What plans ask about, and the plans themselves in editions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_follow_up_reasons"),
        ("evaluate", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "case_id",
                        "seq",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("case_id", models.BigIntegerField()),
                ("seq", models.IntegerField()),
                ("edition", models.IntegerField()),
                ("plan", models.CharField(db_collation="C", max_length=20)),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("body_id", models.BigIntegerField(null=True)),
                ("answered", models.BooleanField()),
                ("chosen_at", models.DateTimeField()),
                ("chance", models.SmallIntegerField()),
                ("risks", models.JSONField()),
                ("step", models.SmallIntegerField(default=0)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("link", "短信评价链接"),
                            ("seat", "坐席电话"),
                            ("community", "社区上门或电话"),
                        ],
                        max_length=10,
                    ),
                ),
                ("visit_body", models.BigIntegerField(null=True)),
                ("step_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("tried_days", models.SmallIntegerField(default=0)),
                ("asked", models.SmallIntegerField(default=0)),
                ("valid", models.SmallIntegerField(default=0)),
                ("responded", models.SmallIntegerField(default=0)),
                ("solved", models.SmallIntegerField(default=0)),
                ("satisfied", models.SmallIntegerField(default=0)),
                ("basically", models.SmallIntegerField(default=0)),
                ("invalid", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="PlanEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("number", models.IntegerField()),
                ("plans", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
            ],
        ),
        # What was chosen by lot and not asked about yet goes on as the platform's plan has it.
        migrations.RunSQL(
            """
            INSERT INTO evaluate_asking (district, case_id, seq, edition, plan, area, body_id, answered, chosen_at,
                chance, risks, step, way, visit_body, step_at, due_at, tries, tried_days, asked, valid, responded,
                solved, satisfied, basically, invalid, done_at)
            SELECT s.district, s.case_id, 0, 0, 'answered', c.area, NULL, true, s.chosen_at, 0, '[]', 0, 'seat',
                NULL, s.chosen_at, now() + interval '30 days', 0, 0, 0, 0, 0, 0, 0, 0, '{}', NULL
            FROM evaluate_sample s JOIN cases_case c ON c.district = s.district AND c.id = s.case_id
            WHERE s.done_at IS NULL
            """,
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel(
            name="Sample",
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["district", "way", "due_at", "case_id", "seq"],
                name="asking_by_way",
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("visit_body__isnull", False)),
                fields=["district", "visit_body", "due_at", "case_id", "seq"],
                name="asking_by_visitor",
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("answered", True)),
                fields=["district", "chosen_at", "case_id", "seq"],
                name="asking_of_answers",
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["district", "due_at"],
                name="asking_due",
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(
                fields=["district", "plan", "-chosen_at", "-case_id", "-seq"], name="asking_of_plan"
            ),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(fields=["district", "chosen_at", "plan"], name="asking_by_day"),
        ),
        migrations.AddIndex(
            model_name="asking",
            index=models.Index(fields=["district", "body_id", "chosen_at"], name="asking_of_body"),
        ),
        migrations.AddConstraint(
            model_name="planedition",
            constraint=models.UniqueConstraint(fields=("district", "number"), name="plan_edition_once"),
        ),
    ]
