"""How outside software names a district."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_water"),
    ]

    operations = [
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                ("district", models.IntegerField(primary_key=True, serialize=False, verbose_name="区划代码")),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), default=list, size=None
                    ),
                ),
                ("contact", models.CharField(max_length=300, verbose_name="联系方式")),
                ("key_service", models.CharField(max_length=300, verbose_name="怎样申请密钥")),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                ("changed_by", models.BigIntegerField(null=True, verbose_name="修改人")),
            ],
            options={
                "verbose_name": "对外名称",
                "verbose_name_plural": "对外名称",
            },
        ),
    ]
