from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("allocate", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "account_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("account_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("case_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["district", "case_id"], name="presence_of_case")],
            },
        ),
    ]
