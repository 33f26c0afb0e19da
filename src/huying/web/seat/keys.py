"""The keys of the seat's desk as its help says them: only those that do something there."""

from django.utils.translation import gettext as _

from huying.web.components import Key


def keys_at_the_desk(telephone: bool) -> list[Key]:
    """What can be done during a call; ``telephone``: whether the site has one."""
    line = [
        Key("Alt+Y", _("接听来电")),
        Key("Alt+H", _("保持、恢复通话")),
        Key("Alt+B", _("断线后回拨")),
        Key("Alt+X", _("挂断")),
    ]
    return [
        *(line if telephone else []),
        Key("Ctrl+Enter", _("登记，给回执号")),
        Key("Alt+Enter", _("登记并当场答复，办结")),
        Key("Alt+G", _("发起应急，带上写的内容和地点")),
        Key("Alt+P", _("回到来电号码")),
        Key("Alt+T", _("回到反映内容")),
        Key("Alt+A", _("写当场答复")),
        Key("Alt+1…6", _("选第几个事项，再按一次取消")),
        Key("Alt+7…9", _("用第几条知识答复，再按一次不用")),
        Key("Alt+K", _("换一个诉求类型")),
        Key("Alt+L", _("换一个地点")),
        Key("Alt+F", _("查知识、查事项")),
        Key("Alt+R", _("凭回执号查进度")),
        Key("Alt+J", _("看来电人反映过的、可能是同一件的，逐件往下")),
        Key("Alt+U", _("催办打开的这件")),
        Key("Alt+M", _("来电就是打开的这件事，登记时并入；再按一次不并入")),
        Key("Alt+O", _("另开一页看打开的这件")),
        Key("Esc", _("收起打开的这件，接着写")),
        Key("Alt+Q", _("这通不登记，清空")),
        Key("Alt+Z", _("找回刚清空的")),
    ]


def keys_at_the_receipt() -> list[Key]:
    """What comes after a call is kept."""
    return [
        Key("Enter", _("登记下一通，有通话的先挂断")),
        Key("Alt+N", _("来电人还有别的事，号码带过去")),
        Key("Alt+O", _("打开案件")),
    ]
