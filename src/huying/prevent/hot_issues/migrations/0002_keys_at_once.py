from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("hot_issues", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="heard", name="heard_keys"),
        migrations.AddIndex(
            model_name="heard", index=GinIndex(fields=["keys"], name="heard_keys", fastupdate=False)
        ),
    ]
