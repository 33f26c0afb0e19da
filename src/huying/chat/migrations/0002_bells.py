from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="wants_rung_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("wants_at__isnull", False), ("wants_rung_at__isnull", True)),
                fields=["district", "wants_at"],
                name="chat_wants_bell",
            ),
        ),
    ]
