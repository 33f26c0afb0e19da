"""What is found, kept and checked on patrol."""

from collections.abc import Mapping
from typing import Final

from huying.kernel.terms import Term


class FindKind(Term):
    """What a worker does about what they find."""

    REPORT = "report", "发现上报"
    FIXED = "fixed", "随手处置"


class FileKind(Term):
    """What a photo or recording of a find shows."""

    SCENE = "scene", "现场"
    BEFORE = "before", "处置前"
    AFTER = "after", "处置后"
    VOICE = "voice", "录音"


class CheckKind(Term):
    """What somebody is sent to look at."""

    VERIFY = "verify", "核实"
    INSPECT = "inspect", "核查"


class CheckAnswer(Term):
    """What was seen there."""

    REAL = "real", "属实"
    UNREAL = "unreal", "不属实"
    DONE = "done", "已办好"
    UNDONE = "undone", "没办好"
    UNFOUND = "unfound", "没找到"


#: What may be answered to each kind.
ANSWERS: Final[Mapping[CheckKind, tuple[CheckAnswer, ...]]] = {
    CheckKind.VERIFY: (CheckAnswer.REAL, CheckAnswer.UNREAL, CheckAnswer.UNFOUND),
    CheckKind.INSPECT: (CheckAnswer.DONE, CheckAnswer.UNDONE, CheckAnswer.UNFOUND),
}
