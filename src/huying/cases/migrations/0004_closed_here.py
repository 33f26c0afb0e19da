from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_calls_and_promises")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["district", "item", "lon", "lat"],
                condition=models.Q(closed_at__isnull=False, lon__isnull=False),
                name="case_closed_here",
            ),
        ),
    ]
