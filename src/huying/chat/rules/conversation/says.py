"""What is said to whoever writes, as a street office speaks."""

from typing import Final

from huying.chat.rules.conversation.standing import Talk

HELP: Final = (
    "有事直接写下来发给我，我登记、给您回执号。还可以回复：\n"
    "“进度” 看您反映的事办到哪里了\n"
    "“满意”“不满意” 评价办好的事\n"
    "“催办” 催一件还没办好的事\n"
    "“绑定” 用手机号认领以前反映的事\n"
    "“人工” 请工作人员来答复\n"
    "急事请直接打 12345；有危险打 110、119、120。"
)
WHAT: Final = "收到。请写一下是什么事，我来登记。"
COMPLAIN: Final = "请写一下要反映什么：什么事、在哪里、什么时候。"
WHERE: Final = (
    "记下了。在哪里？请写地址，或点“+”发个位置；有照片也请发来。说不清就回复“跳过”，不想反映了回复 0。"
)
WHERE_AGAIN: Final = "记下了。请再写一下地址，或发个位置；说不清就回复“跳过”。"
DROPPED: Final = "好的，没有提交，写的已经删掉。有事随时再说。"
NOTHING: Final = "现在没有正在说的事。有事直接写下来发给我；回复“帮助”看能做什么。"
NOT_TO_RATE: Final = "现在没有等您评价的事。回复“进度”看办到哪里了；有新的事直接写下来。"
NOT_OPEN: Final = "您现在没有在办的事，不用催。有新的事直接写下来。"
TOO_LONG: Final = "已经写了很多，这一段没有记下。请先回复 1 提交，再补充。"
TOO_MANY_PICTURES: Final = "最多收 6 张照片，这一张没有记下。"
PICTURE: Final = "收到照片。"
VOICE: Final = "语音还听不懂，请把要说的打成字发来；也可以打 12345。"
OTHER: Final = "这种消息还看不了，请写成文字，或发照片、位置。"
DANGER: Final = (
    "如果有人正处在危险中，请马上打 110（报警）、119（火警）或 120（急救），不要等这里的答复。"
    "已提醒工作人员来看。"
)
PHONE: Final = "请发您的手机号，我发一个验证码到这个号码。不绑定就回复 0。"
NOT_BOUND: Final = "好的，没有绑定。"
CODE: Final = "请把收到的 6 位验证码发来。不绑定就回复 0。"
FIRST_THIS: Final = "还有一件事没提交。请先回复 1 提交，或回复 0 不提交。"
STOPPED: Final = (
    "已退订，不再给这个号码发办理进展的短信。您反映的事照常办理，回复“进度”可以查；想再收，回复“恢复”。"
)
RESUMED: Final = "已恢复，有了进展会发短信告诉您。不想收，回复 TD。"
NOT_STOPPED: Final = "这个号码没有退订，有了进展会发短信告诉您。不想收，回复 TD。"
GREETING: Final = f"您好，这里是区里的民生诉求服务。\n{HELP}"


def summary(talk: Talk) -> str:
    """What would be filed, and how to say yes."""
    shown = talk.text if len(talk.text) <= 200 else f"{talk.text[:200]}……"
    place = talk.place or ("已发位置" if talk.lon is not None else "没有写")
    pictures = f"\n照片：{talk.pictures} 张" if talk.pictures else ""
    asked = "回复 1 提交；回复 2 改地点；回复 0 不提交。还有要说的，接着写。"
    return f"请看对不对：\n事情：{shown}\n地点：{place}{pictures}\n{asked}"


def which(title: str) -> str:
    """Whether what was said belongs to what is being done already."""
    return f"您有一件正在办：{title}。\n这是补充那一件，还是新的事？回复 1 补充；回复 2 是新的事；回复 0 都不是。"


def reminder(talk: Talk) -> str:
    """A matter not filed yet is told of, so that nobody thinks it was."""
    return f"（您还有一件没提交：{talk.text[:20] or '照片'}。回复 1 提交，回复 0 不提交。）"
