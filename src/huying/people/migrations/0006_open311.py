"""Callers who are reached by e-mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_keys_metered"),
    ]

    operations = [
        migrations.AddField(
            model_name="caller",
            name="email_sealed",
            field=models.BinaryField(null=True),
        ),
    ]
