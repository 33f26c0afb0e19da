from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("district", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("account_id", models.BigIntegerField(null=True)),
                ("key_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=60)),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("account", "账号"),
                            ("post", "岗位"),
                            ("factor", "动态码"),
                            ("key", "接口密钥"),
                            ("body", "单位"),
                            ("bearing", "单位职责"),
                            ("area", "区划变更"),
                            ("catalogue", "职责清单"),
                            ("limit", "中心时限"),
                            ("ladder", "预警阶梯"),
                            ("hours", "上下班时间"),
                            ("day", "放假和上班日"),
                            ("dispatch", "自动分拨"),
                            ("follow_up", "回访规则"),
                            ("formula", "统计公式"),
                            ("text", "通知和模板"),
                            ("precedent", "先例"),
                        ],
                        max_length=12,
                    ),
                ),
                ("about", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("create", "新建"),
                            ("change", "修改"),
                            ("end", "结束"),
                            ("stop", "停用"),
                            ("start", "启用"),
                            ("reset", "重置"),
                            ("unlock", "解锁"),
                            ("sign_out", "退出登录"),
                            ("live", "生效"),
                            ("wait", "定时生效"),
                            ("call_off", "撤回"),
                            ("delete", "删除"),
                        ],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("holds_from", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["district", "id"], name="annals_newest"),
                    models.Index(fields=["district", "subject", "about", "id"], name="annals_of_one"),
                ],
            },
        ),
        migrations.RunSQL(
            """
            CREATE FUNCTION annals_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the record of changes is append-only: % refused', TG_OP
                    USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER change_is_kept BEFORE UPDATE OR DELETE ON annals_change
                FOR EACH ROW EXECUTE FUNCTION annals_are_kept();
            CREATE TRIGGER changes_are_kept BEFORE TRUNCATE ON annals_change
                FOR EACH STATEMENT EXECUTE FUNCTION annals_are_kept();
            """,
            """
            DROP TRIGGER change_is_kept ON annals_change; DROP TRIGGER changes_are_kept ON annals_change;
            DROP FUNCTION annals_are_kept();
            """,
        ),
    ]
