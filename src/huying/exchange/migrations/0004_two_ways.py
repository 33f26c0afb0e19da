from django.db import migrations, models


class Migration(migrations.Migration):
    """What was counted together becomes what asking came to; telling begins at nothing and counts from the next try."""

    dependencies = [
        ("exchange", "0003_open311"),
    ]

    operations = [
        migrations.RenameField("health", "failures", "ask_failures"),
        migrations.RenameField("health", "rests_until", "ask_rests_until"),
        migrations.RenameField("health", "error", "ask_error"),
        migrations.RenameField("health", "error_at", "ask_error_at"),
        migrations.AddField("health", "ask_since", models.DateTimeField(null=True)),
        migrations.AddField("health", "tell_failures", models.IntegerField(default=0)),
        migrations.AddField("health", "tell_since", models.DateTimeField(null=True)),
        migrations.AddField("health", "tell_rests_until", models.DateTimeField(null=True)),
        migrations.AddField("health", "tell_error", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("health", "tell_error_at", models.DateTimeField(null=True)),
    ]
