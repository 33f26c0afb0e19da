from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_calls_and_promises"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="phone_sealed",
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="occasion",
            field=models.CharField(
                choices=[
                    ("received", "收到诉求"),
                    ("accepted", "已交单位办理"),
                    ("rejected", "不予受理"),
                    ("progress", "有新进展"),
                    ("promised", "期限有变"),
                    ("replied", "有了答复"),
                    ("closed", "已办结"),
                    ("reopened", "重新办理"),
                    ("pledged", "作出承诺"),
                    ("kept", "承诺已兑现"),
                    ("pledge_broken", "承诺没有兑现"),
                    ("order", "新工单"),
                    ("returned", "退回重办"),
                    ("recalled", "工单收回"),
                    ("urged", "催办"),
                    ("reminded", "时限提醒"),
                    ("yellow", "黄牌预警"),
                    ("red", "红牌超时"),
                    ("called", "呼叫到场"),
                    ("assigned", "会诊分工"),
                    ("broken", "本单位承诺没有兑现"),
                    ("supervised", "督办"),
                    ("supervision_answered", "督办有回复"),
                    ("to_rule", "争议待裁定"),
                    ("ruled", "争议已裁定"),
                    ("to_decide", "延期挂账待审"),
                    ("decided", "延期挂账已批复"),
                    ("again", "退回分拨"),
                    ("message", "会话留言"),
                    ("mention", "有人提到我"),
                    ("announced", "公告"),
                    ("given_up", "通知发不出去"),
                    ("digest", "汇总"),
                    ("emergency", "应急"),
                    ("handed_over", "应急转值班"),
                    ("respond", "应急召集"),
                    ("stood_down", "应急解除"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False), ("urgent", True)),
                fields=["way", "next_at"],
                name="notice_urgent",
            ),
        ),
    ]
