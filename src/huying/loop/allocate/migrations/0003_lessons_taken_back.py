from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("allocate", "0002_presence"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemMemory",
            fields=[
                ("district", models.IntegerField(primary_key=True, serialize=False)),
                ("generation", models.IntegerField()),
                ("upto", models.BigIntegerField()),
                ("kept_at", models.DateTimeField()),
                ("trust", models.FloatField(default=0.0)),
                ("content", models.BinaryField(default=bytes)),
            ],
        ),
        migrations.AddField(
            model_name="itemlesson",
            name="account_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="itemlesson",
            name="guessed",
            field=models.CharField(default="", max_length=32),
        ),
        migrations.AddField(
            model_name="itemlesson",
            name="taken_back_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="itemlesson",
            name="taken_back_by",
            field=models.CharField(default="", max_length=60),
        ),
        migrations.AddField(
            model_name="itemlesson",
            name="taken_back_why",
            field=models.CharField(default="", max_length=200),
        ),
        migrations.AddIndex(
            model_name="itemlesson",
            index=models.Index(fields=["district", "account_id", "-number"], name="item_lesson_of_account"),
        ),
    ]
