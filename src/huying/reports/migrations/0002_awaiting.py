import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="reporttime",
            name="sign_within",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Awaiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("area", models.CharField(db_collation="C", max_length=9)),
                (
                    "kind",
                    models.CharField(
                        choices=[("day", "日汇总"), ("week", "周评价"), ("month", "月分析")], max_length=5
                    ),
                ),
                ("first", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("reminded_at__isnull", True)),
                        fields=["district", "due_at"],
                        name="report_to_remind",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "area", "kind", "first"), name="report_awaits_once"
                    )
                ],
            },
        ),
    ]
