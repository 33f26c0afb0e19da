import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_unlocked"),
    ]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assistant_keys",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
