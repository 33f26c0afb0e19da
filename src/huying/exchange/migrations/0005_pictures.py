from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_two_ways"),
    ]

    operations = [
        migrations.AddField("incoming", "pictures_at", models.DateTimeField(null=True)),
        migrations.AddField("incoming", "picture_tries", models.SmallIntegerField(default=0)),
        migrations.AddField(
            "incoming", "pictures_error", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(
                condition=models.Q(("pictures_at__isnull", False)),
                fields=["district", "peer_id", "pictures_at"],
                name="exchange_incoming_pictures",
            ),
        ),
    ]
