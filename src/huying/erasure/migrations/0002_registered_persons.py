from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("erasure", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="erasure",
            name="scope",
            field=models.CharField(
                choices=[("one", "只删这一件"), ("all", "这位诉求人的全部"), ("home", "住户登记里的这个人")],
                max_length=4,
            ),
        ),
    ]
