from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispose", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE dispose_draft_id", "DROP SEQUENCE dispose_draft_id"),
        migrations.CreateModel(
            name="ReplyDraft",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("account_id", models.BigIntegerField(null=True)),
                ("key_id", models.BigIntegerField(null=True)),
                ("verb", models.CharField(max_length=20)),
                ("reply", models.TextField()),
                ("result", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=60)),
                ("dropped_at", models.DateTimeField(null=True)),
                ("idempotency_key", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None)),
                        fields=["district", "case_id", "-id"],
                        name="draft_of_case",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "idempotency_key"), name="draft_idempotency_key"
                    )
                ],
            },
        ),
    ]
