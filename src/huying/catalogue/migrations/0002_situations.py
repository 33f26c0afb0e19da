"""The situations in which bodies are called to the spot."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Situation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("code", models.CharField(max_length=16)),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=100)),
                ("when", models.CharField(max_length=300)),
                ("lead", models.CharField(max_length=40)),
                (
                    "assisting",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("fallback", models.CharField(blank=True, max_length=40)),
                ("valid_from", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("district", "code"),
                        name="situation_in_force",
                    )
                ],
            },
        ),
    ]
