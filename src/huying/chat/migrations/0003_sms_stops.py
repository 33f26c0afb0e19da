from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0002_bells"),
    ]

    operations = [
        migrations.CreateModel(
            name="SmsStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("number", models.BinaryField()),
                ("person_id", models.BigIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("until_person_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "number"], name="chat_stops_of_number")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("district", "number"),
                        name="chat_stopped_once",
                    )
                ],
            },
        ),
    ]
