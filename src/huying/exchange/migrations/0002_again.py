from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("state", "waiting"), ("tries__gt", 0)),
                fields=["district", "peer_id", "id"],
                name="exchange_outgoing_again",
            ),
        ),
    ]
