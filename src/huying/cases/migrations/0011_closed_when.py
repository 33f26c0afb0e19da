from django.db import migrations, models


class Migration(migrations.Migration):
    """A month's closed cases are found without reading a million others."""

    dependencies = [
        ("cases", "0010_open311"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["district", "closed_at"],
                include=["id", "area", "item", "channel", "opened_at"],
                name="case_closed_when",
            ),
        ),
    ]
