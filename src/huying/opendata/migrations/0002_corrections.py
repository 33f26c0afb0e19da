from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("opendata", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="totals",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "month",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("month", models.DateField()),
                ("number", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("figures", models.JSONField()),
            ],
        ),
    ]
