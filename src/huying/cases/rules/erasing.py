"""What is erased by law, in words that every package shares (个人信息保护法 47)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from huying.kernel.terms import Term

#: Stands where a title or words were.
ERASED: Final = "个人信息已依法删除"


class Gone(Term):
    """A kind of thing that was erased; what an officer is shown is how many there are of each."""

    CALLER = "caller", "诉求人姓名、电话、证件号"
    APPEAL = "appeal", "诉求原文和地址"
    TITLE = "title", "案件标题和坐标"
    WORDS = "words", "办理、答复、回访和评价的文字"
    PHOTO = "photo", "照片"
    RECORDING = "recording", "录音"
    SEARCH = "search", "检索词"
    TALK = "talk", "会话留言"
    CHAT = "chat", "对话渠道里说的话"
    NOTICE = "notice", "通知和短信"
    LESSON = "lesson", "教机器判事项的样本"
    GROUNDS = "grounds", "先例依据"
    EXEMPTION = "exemption", "不计入考核的理由"
    HEARD = "heard", "热点问题的样本"
    ISSUE = "issue", "热点和反复问题的标题"
    TASK = "task", "排查任务的文字"
    EMERGENCY = "emergency", "应急卡的文字和地点"
    GAP = "gap", "知识缺口"
    FOLLOWER = "follower", "关注提案的登记"
    FILE = "file", "导出的文件"
    LETTER = "letter", "对接系统的来信"
    SERVICE = "service", "服务点单"
    VOLUNTEER = "volunteer", "志愿者登记"
    RESIDENT = "resident", "住户登记"
    VISIT = "visit", "走访记录"


@dataclass(frozen=True, slots=True)
class Going:
    """What goes in one erasure.

    ``whole``: cases of which nobody's words are left; ``shared``: cases of others too, whose words stay. ``callers``
    lose everything that says who they are, ``parted`` only what leads from these appeals to them. ``texts`` is what the
    appeals said. ``paths`` gathers the files in the store that go once the transaction has ended.
    """

    district: int
    now: datetime
    appeals: frozenset[int]
    whole: frozenset[int]
    shared: frozenset[int]
    callers: frozenset[int]
    parted: frozenset[int]
    texts: tuple[str, ...]
    paths: set[str] = field(default_factory=set)

    @property
    def cases(self) -> frozenset[int]:
        return self.whole | self.shared

    @property
    def persons(self) -> frozenset[int]:
        return self.callers | self.parted
