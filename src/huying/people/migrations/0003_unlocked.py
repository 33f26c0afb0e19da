from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_saved_filters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signin",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("ok", "登录成功"),
                    ("wrong_password", "密码错误"),
                    ("wrong_code", "动态码错误"),
                    ("locked", "已锁定"),
                    ("inactive", "账号停用"),
                    ("unlocked", "管理员解锁"),
                ],
                max_length=16,
            ),
        ),
    ]
