from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_pictures"),
    ]

    operations = [
        migrations.AlterField(
            model_name="difference",
            name="lack",
            field=models.CharField(
                choices=[
                    ("missing_here", "我方缺"),
                    ("missing_there", "对方缺"),
                    ("state", "状态不一致"),
                    ("doubled", "对方重复"),
                    ("changed", "对方后来改过"),
                    ("unheard", "对方没有记下后来的信"),
                ],
                max_length=14,
            ),
        ),
    ]
