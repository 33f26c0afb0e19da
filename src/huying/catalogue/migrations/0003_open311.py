"""The questions asked of residents about an item."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_situations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("item", models.CharField(max_length=24)),
                ("code", models.CharField(max_length=40)),
                (
                    "datatype",
                    models.CharField(
                        choices=[
                            ("string", "一行文字"),
                            ("number", "数字"),
                            ("datetime", "日期时间"),
                            ("text", "多行文字"),
                            ("singlevaluelist", "单选"),
                            ("multivaluelist", "多选"),
                        ],
                        max_length=16,
                    ),
                ),
                ("description", models.CharField(max_length=300)),
                ("hint", models.CharField(blank=True, max_length=300)),
                ("required", models.BooleanField()),
                ("answered", models.BooleanField()),
                ("order", models.SmallIntegerField()),
                ("choices", models.JSONField(default=list)),
                ("valid_from", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("district", "item", "code"),
                        name="question_in_force",
                    )
                ],
            },
        ),
    ]
