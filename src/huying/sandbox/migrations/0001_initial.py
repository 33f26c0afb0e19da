"""Requests made to try the interface out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Trial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("once", models.CharField(max_length=64, null=True)),
                ("item", models.CharField(max_length=24)),
                ("area", models.CharField(max_length=15)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("told", models.JSONField()),
                ("updates", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "-made_at"], name="trial_newest")],
                "constraints": [models.UniqueConstraint(fields=("district", "once"), name="trial_once")],
            },
        ),
    ]
