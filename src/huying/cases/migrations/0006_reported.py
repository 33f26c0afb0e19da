from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_lifting_and_interviews")]

    operations = [
        migrations.AddIndex(
            model_name="called",
            index=models.Index(
                fields=["district", "arrived_at"],
                condition=models.Q(arrived_at__isnull=False),
                name="called_arrived",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                fields=["district", "broken_at"],
                condition=models.Q(broken_at__isnull=False),
                name="promise_broken",
            ),
        ),
    ]
