from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annals", "0009_devices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="change",
            name="subject",
            field=models.CharField(
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
                    ("situation", "呼叫启动情形"),
                    ("question", "填报问题"),
                    ("outside", "对外接口"),
                    ("report", "报告和体检"),
                    ("emergency", "应急预案"),
                    ("warning", "预警"),
                    ("campaign", "专项治理"),
                    ("risk", "风险提示"),
                    ("hot_issue", "热点问题"),
                    ("project", "治理项目"),
                    ("webhook", "订阅推送"),
                    ("chat", "对话渠道"),
                    ("open_data", "开放数据"),
                    ("exchange", "系统对接"),
                    ("device", "设备"),
                    ("watch", "设备规则"),
                    ("resident", "重点人群类别"),
                    ("visit", "走访标准"),
                ],
                max_length=12,
            ),
        ),
    ]
