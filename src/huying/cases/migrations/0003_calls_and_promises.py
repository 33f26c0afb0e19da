"""Calls to the spot and promises: rows of their own, and clocks that run to a date somebody named."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_lists_by_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("situation", models.CharField(max_length=16)),
                ("fallback_body_id", models.BigIntegerField(null=True)),
                ("called_at", models.DateTimeField()),
                ("called_by", models.BigIntegerField(null=True)),
                ("called_seq", models.IntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.BigIntegerField(null=True)),
                ("ended_seq", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Called",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("call_id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("body_id", models.BigIntegerField()),
                ("called_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                ("arrived_by", models.BigIntegerField(null=True)),
                ("arrived_seq", models.IntegerField(null=True)),
                ("metres", models.IntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CallRating",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "order_id",
                        "side",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.IntegerField()),
                ("order_id", models.BigIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[("caller", "呼叫方评应呼单位"), ("called", "应呼单位评呼叫方")], max_length=8
                    ),
                ),
                ("call_id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("stars", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("by", models.BigIntegerField(null=True)),
                ("seq", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("district", models.IntegerField()),
                ("id", models.BigIntegerField()),
                ("case_id", models.BigIntegerField()),
                ("order_id", models.BigIntegerField()),
                ("body_id", models.BigIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("kind", models.CharField(choices=[("promise", "承诺"), ("part", "会诊分工")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "兑现中"),
                            ("kept", "已兑现"),
                            ("broken", "未兑现"),
                            ("lapsed", "已终止"),
                        ],
                        max_length=8,
                    ),
                ),
                ("until", models.DateTimeField()),
                ("season", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(null=True)),
                ("made_seq", models.IntegerField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("kept_by", models.BigIntegerField(null=True)),
                ("kept_seq", models.IntegerField(null=True)),
                ("broken_at", models.DateTimeField(null=True)),
                ("broken_by", models.BigIntegerField(null=True)),
                ("broken_seq", models.IntegerField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="clock",
            name="clock_one_running",
        ),
        migrations.AddField(
            model_name="clock",
            name="promise_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "受理"),
                    ("dispatch", "派单"),
                    ("sign", "签收"),
                    ("contact", "首次联系"),
                    ("handle", "处置"),
                    ("check", "核查"),
                    ("follow_up", "回访"),
                    ("ruling", "裁定"),
                    ("supervision", "督办回复"),
                    ("suspension", "挂账到期"),
                    ("call", "呼叫应答"),
                    ("promise", "承诺兑现"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="clocklimit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "受理"),
                    ("dispatch", "派单"),
                    ("sign", "签收"),
                    ("contact", "首次联系"),
                    ("handle", "处置"),
                    ("check", "核查"),
                    ("follow_up", "回访"),
                    ("ruling", "裁定"),
                    ("supervision", "督办回复"),
                    ("suspension", "挂账到期"),
                    ("call", "呼叫应答"),
                    ("promise", "承诺兑现"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "待裁定"),
                    ("upheld", "成立"),
                    ("dismissed", "不成立"),
                    ("forced", "逾期兜底"),
                    ("lapsed", "已失效"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="role",
            field=models.CharField(
                choices=[("lead", "主办"), ("assist", "协办"), ("called", "应呼")], max_length=8
            ),
        ),
        migrations.AlterField(
            model_name="rung",
            name="action",
            field=models.CharField(
                choices=[
                    ("remind", "提醒"),
                    ("yellow", "黄牌预警"),
                    ("red", "红牌超时"),
                    ("supervise", "督办"),
                    ("fallback", "兜底"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="rung",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "受理"),
                    ("dispatch", "派单"),
                    ("sign", "签收"),
                    ("contact", "首次联系"),
                    ("handle", "处置"),
                    ("check", "核查"),
                    ("follow_up", "回访"),
                    ("ruling", "裁定"),
                    ("supervision", "督办回复"),
                    ("suspension", "挂账到期"),
                    ("call", "呼叫应答"),
                    ("promise", "承诺兑现"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=("district", "case_id", "kind", "order_id", "promise_id"),
                name="clock_one_running",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["district", "case_id"], name="call_of_case"),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["district", "-called_at", "-id"], name="call_recent"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("district", "case_id"),
                name="call_one_open",
            ),
        ),
        migrations.AddIndex(
            model_name="called",
            index=models.Index(fields=["district", "case_id"], name="called_of_case"),
        ),
        migrations.AddIndex(
            model_name="callrating",
            index=models.Index(fields=["district", "case_id"], name="call_rating_of_case"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["district", "case_id"], name="promise_of_case"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["district", "state", "until", "id"], name="promise_by_state"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                fields=["district", "body_id", "state", "until", "id"], name="promise_of_body"
            ),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE cases_call ADD CONSTRAINT call_case_id FOREIGN KEY (district, case_id)
                REFERENCES cases_case (district, id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE cases_called ADD CONSTRAINT called_order_id FOREIGN KEY (district, id)
                REFERENCES cases_order (district, id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE cases_called ADD CONSTRAINT called_call_id FOREIGN KEY (district, call_id)
                REFERENCES cases_call (district, id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE cases_callrating ADD CONSTRAINT callrating_called FOREIGN KEY (district, order_id)
                REFERENCES cases_called (district, id) DEFERRABLE INITIALLY DEFERRED;
            ALTER TABLE cases_promise ADD CONSTRAINT promise_order_id FOREIGN KEY (district, order_id)
                REFERENCES cases_order (district, id) DEFERRABLE INITIALLY DEFERRED;
            """,
            migrations.RunSQL.noop,
        ),
    ]
