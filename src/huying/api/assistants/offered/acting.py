"""What an assistant may do where it was left to it: draft, note, remind; and send, only when told so twice."""

from typing import Any, Final

from pydantic import Field

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked
from huying.api.assistants.offered.cases import NUMBER
from huying.api.assistants.registry import Input, Told, Tool
from huying.api.assistants.told.quoting import quoted
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.queries.lists.resembling import frequencies
from huying.cases.queries.page import CaseView
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.advising.advice import advise
from huying.cases.rules.advising.objections import WEIGHTY
from huying.cases.rules.replies import part_said, reply_faults
from huying.kernel.errors import Conflict, Invalid
from huying.kernel.saying import worded
from huying.kernel.terms import Term
from huying.loop.dispose.actions import draft_reply
from huying.people.rules.assistants import Leave

_KEY: Final = "幂等键，8 到 60 个字符；同一件事重试用同一个，只办一次"
_ASKING: Final = r"^[\x21-\x7e]{8,60}$"


class ReplyStep(Term):
    """The step a reply is for."""

    REPORT = "report", "反馈办结"
    ANSWER = "answer", "直接答复"
    REJECT = "reject", "不予受理"


class Checked(Input):
    """A reply that is not kept."""

    number: str = Field(max_length=20, description=NUMBER)
    reply: str = Field(min_length=1, max_length=2000, description="给诉求人的公开答复，不写手机号和身份证号")
    solved: bool = Field(True, description="是否已解决")


class Draft(Checked):
    """A reply to be kept as a draft."""

    step: ReplyStep = Field(
        ReplyStep.REPORT, description="用在哪一步：report 反馈办结、answer 直接答复、reject 不予受理"
    )
    result: str = Field("", max_length=2000, description="内部办理情况，不给诉求人看")
    key: str = Field("", pattern=rf"^$|{_ASKING}", description=f"{_KEY}；不填时同样的草稿只存一份")


class Note(Input):
    """Progress noted on a case."""

    number: str = Field(max_length=20, description=NUMBER)
    progress: str = Field(min_length=2, max_length=1000, description="办理进展，写事实")
    key: str = Field(pattern=_ASKING, description=_KEY)


class Remind(Input):
    """A reminder to the body that handles a case."""

    number: str = Field(max_length=20, description=NUMBER)
    demand: str = Field(min_length=2, max_length=1000, description="催办要求")
    key: str = Field(pattern=_ASKING, description=_KEY)


class Sending(Checked):
    """A reply that goes out."""

    step: ReplyStep = Field(ReplyStep.REPORT, description="report 反馈办结，或 answer 直接答复")
    result: str = Field("", max_length=2000, description="内部办理情况；反馈办结时必填")
    unsolved_reason: str = Field("", max_length=40, description="没有解决时的原因代码，见 next_steps")
    version: int = Field(ge=1, description="读案件时的 version；别人先办了就不发")
    confirm: bool = Field(False, description="本人已看过全文并同意发出，才填真")
    key: str = Field(pattern=_ASKING, description=_KEY)


def _check(asked: Asked, given: Checked) -> Told:
    return _advised(asked.case(given.number), given, "")


def _advised(view: CaseView, given: Checked, before: str, **more: Any) -> Told:
    parts = timing_of(view.line.district).reply_parts
    faults = [worded(fault, str) for fault in reply_faults(given.reply, solved=given.solved, parts=parts)]
    stands = "solved" if given.solved else "unsolved"
    needed = {part.zh: part_said(part, given.reply) for part in parts if part.when in {"always", stands}}
    said = "\n".join(one.text for one in view.appeals)
    advice = [
        {
            "kind": one.kind.zh, "advice": worded(one.advice, str), "sentence": one.sentence,
            "weighty": one.kind in WEIGHTY,
        }
        for one in advise(said, given.reply, frequencies().shares, solved=given.solved)
    ]  # fmt: skip
    stand = "可以发出" if not faults else "还不能发出：" + "；".join(faults)
    data = {"may_be_sent": not faults, "faults": faults, "parts": needed, "advice": advice, **more}
    return Told(f"{before}{stand}；另有 {len(advice)} 条意见。", data)


def _draft(asked: Asked, given: Draft) -> Told:
    view = asked.case(given.number)
    number = draft_reply(
        asked.actor, view.line.district, view.line.id, Verb(given.step.value), given.reply, asked.now,
        result=given.result, key=given.key,
    )  # fmt: skip
    return _advised(
        view, given, f"草稿已放在案件 {view.line.number} 旁，标明助手起草，由本人看过再发。", draft=number
    )


def _note(asked: Asked, given: Note) -> Told:
    return _advance(asked, given.number, Verb.NOTE, given.key, progress=given.progress)


def _remind(asked: Asked, given: Remind) -> Told:
    return _advance(asked, given.number, Verb.REMIND, given.key, words=given.demand)


def _send(asked: Asked, given: Sending) -> Told:
    if given.step is ReplyStep.REJECT:
        raise Invalid(fields={"step": "不予受理须由本人在页面上办。"})
    if not given.confirm:
        raise Conflict(
            "答复发出去收不回。请本人看过全文，同意后带上 confirm 再发。", fields={"confirm": "须为真。"}
        )
    facts: dict[str, Any] = {"reply": given.reply}
    if given.step is ReplyStep.REPORT:
        facts |= {"result": given.result, "solved": given.solved, "unsolved_reason": given.unsolved_reason}
    told = {name: value for name, value in facts.items() if value != ""}
    return _advance(asked, given.number, Verb(given.step.value), given.key, given.version, **told)


def _advance(
    asked: Asked, number: str, verb: Verb, key: str, expected: int | None = None, **facts: Any
) -> Told:
    ref = asked.case_ref(number)
    once = f"mcp:{asked.asker.key_id}:{key}"[:80]
    done = advance(ref, verb, by=asked.asker.doer, now=asked.now, expected=expected, key=once, **facts)
    data = {
        "number": number, "verb": verb.value, "version": done.length, "state": done.state,
        "said": {name: quoted(value, 200) for name, value in facts.items() if isinstance(value, str)},
    }  # fmt: skip
    return Told(f"“{verb.zh}”已记入 {number} 的办理过程，署{asked.actor.name}并注明经助手。", data)


_ADVICE: Final = {
    "may_be_sent": "够不够发出", "faults": "不改就发不出的", "parts": "答复要写到的", "advice": "意见，不拦着发",
}  # fmt: skip
_DONE: Final = {"number": "案件编号", "verb": "步骤", "version": "新的 version", "state": "状态"}

TOOLS: Final = (
    Tool(
        "check_reply", "检查答复", "检查一份答复写没写到该写的、有没有不妥，不保存。",
        Checked, _ADVICE, _check, (P.ORDER_REPORT, P.CASE_ANSWER, P.CASE_REJECT),
    ),
    Tool(
        "draft_reply", "起草答复",
        "把答复草稿放在案件旁，标明助手起草，同时给出检查意见。只是草稿：不改变案件，不发给诉求人，由本人看过再发。",
        Draft, {**_ADVICE, "draft": "草稿编号"}, _draft, (P.ORDER_REPORT, P.CASE_ANSWER, P.CASE_REJECT), Leave.DRAFT,
    ),
    Tool(
        "note_progress", "记录进展", "把办理进展记入办理过程，署本人姓名并注明经助手。须在密钥里许可。",
        Note, _DONE, _note, (P.CASE_NOTE,), Leave.NOTE,
    ),
    Tool(
        "remind_body", "催办", "催办承办单位，记入办理过程。须在密钥里许可。",
        Remind, _DONE, _remind, (P.CASE_REMIND,), Leave.REMIND,
    ),
    Tool(
        "send_reply", "发送答复",
        "把答复正式发给诉求人，收不回。密钥须明确许可发送，且本人看过全文后带 confirm。一般请用 draft_reply。",
        Sending, _DONE, _send, (P.ORDER_REPORT, P.CASE_ANSWER), Leave.SEND, heavy=True,
    ),
)  # fmt: skip
