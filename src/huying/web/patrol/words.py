"""What the app's scripts say."""

from django.utils.translation import gettext as _

from huying.patrol.rules.kinds import ANSWERS, CheckAnswer, CheckKind, FileKind, FindKind


def words() -> dict[str, object]:
    """Every text that a script puts into the page, by its name; %s stands for what is filled in."""
    return {
        **_standing(),
        **_sending(),
        **_merging(),
        "answers": {
            kind.value: [[one.value, _(one.zh)] for one in given] for kind, given in ANSWERS.items()
        },
        "terms": {one.value: _(one.zh) for kind in (FindKind, CheckKind, CheckAnswer, FileKind) for one in kind},
    }  # fmt: skip


def _standing() -> dict[str, object]:
    return {
        "offDuty": _("未上岗"),
        "onDuty": _("在岗，%s 上岗"),
        "leaving": _("已下岗，%s 件发出后清空手机里的资料。"),
        "signedOut": _("登录已过期，东西都在手机里，重新登录后接着发。"),
        "other": _("手机里还有另一个账号没发出的内容，请用原来的账号登录。"),
        "endedBy": _("%s 已替您下岗。"),
        "noPack": _("还没有取到任务，有信号时自动更新。"),
        "packAt": _("任务更新于 %s"),
        "noTasks": _("附近没有任务。"),
        "metres": _("%s 米"),
        "kilometres": _("%s 公里"),
        "due": _("%s 前"),
        "placing": _("正在定位…"),
        "placed": _("已定位，误差约 %s 米"),
        "unplaced": _("没有定上位，请写清地点。"),
        "signOnFirst": _("请先上岗打卡。"),
        "confirmOff": _("确定下岗？没发出的会先发出，再清空手机里的资料。"),
        "noStore": _("这个浏览器不能保存离线内容，请换一个，或不要用无痕窗口。"),
        "full": _("手机空间不够，没有存下。请先连上网络发出，再拍。"),
        "online": _("有信号"),
        "offline": _("没信号"),
        "noMicrophone": _("不能录音，请在浏览器里允许使用麦克风。"),
        "recording": _("正在录音，点一下停止"),
        "record": _("录音"),
        "remove": _("去掉"),
    }


def _sending() -> dict[str, object]:
    return {
        "kept": _("已存在手机里，有信号自动发出。"),
        "waiting": _("待发 %s"),
        "allSent": _("全部发出"),
        "toMend": _("%s 件要您处理"),
        "stateWaiting": _("等待发出"),
        "stateSending": _("正在发出"),
        "stateRefused": _("没有收下"),
        "stateConflict": _("两边都有改动"),
        "mend": _("打开修改"),
        "drop": _("删除"),
        "confirmDrop": _("删除后找不回来，确定删除？"),
        "compare": _("对照"),
        "on": _("上岗打卡"),
        "off": _("下岗打卡"),
        "arrived": _("%s 发现，%s 收到"),
        "photos": _("%s 张照片"),
        "serverFails": _("服务器没能收下，请稍后打开再发，或告诉管理员。"),
        "needText": _("请写一下是什么事。"),
        "needItem": _("请从列表里选事项。"),
        "needDone": _("请写怎么处置的。"),
        "needBefore": _("请拍处置前的照片。"),
        "needAfter": _("请拍处置后的照片。"),
        "needAnswer": _("请选看到的情况。"),
    }


def _merging() -> dict[str, object]:
    return {
        "mine": _("我在现场写的"),
        "theirs": _("中心现在的"),
        "look": _("看什么"),
        "answer": _("情况"),
        "note": _("说明"),
        "who": _("谁"),
        "none": _("（没有）"),
        "useMine": _("用我的"),
        "useTheirs": _("用这边的"),
        "both": _("两边合在一起"),
        "withdrawn": _("这项任务已撤回，不用再看。"),
    }
