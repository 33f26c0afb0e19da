from django.db import migrations, models

# Backwards there is nobody to whom these words could belong.
_FORGET_SYSTEMS = "DELETE FROM dispose_message WHERE account_id IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("dispose", "0002_reply_drafts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="account_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="key_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="said_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, _FORGET_SYSTEMS),
    ]
