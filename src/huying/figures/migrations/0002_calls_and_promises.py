"""Calls to the spot, promises and forced rulings are counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="tally",
            name="reassigned",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="arrived",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="call_in_time",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="call_late",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="call_rated",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="call_stars",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="called",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="forced",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="on_spot",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="part_broken",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="part_kept",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="promise_broken",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="promise_contested",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="promise_kept",
            field=models.BigIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="tally",
            name="promised",
            field=models.BigIntegerField(db_default=0),
        ),
    ]
