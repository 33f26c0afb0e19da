"""Calls that nobody answered in time stand on the board."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervise", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="gaugerow",
            name="late_call",
            field=models.BigIntegerField(db_default=0),
        ),
    ]
