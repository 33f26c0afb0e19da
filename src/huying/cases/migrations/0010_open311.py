"""What callers answered to the questions of an item, and what changed since when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_by_chat"),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "appeal_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("appeal_id", models.BigIntegerField()),
                ("number", models.SmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("question", models.CharField(max_length=300)),
                ("given", models.TextField()),
                ("said", models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["district", "-touched_at"], name="case_touched"),
        ),
        migrations.RunSQL(
            "ALTER TABLE cases_answer ADD CONSTRAINT answer_appeal_id FOREIGN KEY (district, appeal_id) "
            "REFERENCES cases_appeal (district, id) DEFERRABLE INITIALLY DEFERRED",
            migrations.RunSQL.noop,
        ),
    ]
