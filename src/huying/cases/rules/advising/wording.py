"""How a reply is worded: what is empty, hard to follow, blaming, missing, or a promise. Data first, rules after."""

import re
from collections.abc import Mapping
from typing import Final

from huying.cases.rules.advising.objections import Objection, ObjectionKind
from huying.cases.rules.replies import names_a_person
from huying.kernel.saying import said

LONGEST_SENTENCE: Final = 90
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?")
EMPTY: Final[Mapping[str, str]] = {
    r"(?:已|现已|将)?(?:转|转交|转办|移交)(?:至|给|由)?(?:相关|有关)(?:部门|单位|科室)": (
        said("写明转给了哪个单位、谁来办、什么时候有结果。")
    ),
    r"高度重视|十分重视|非常重视": said("重视体现在做了什么，直接写做了什么。"),
    r"(?:加大|加强|强化)(?:[^，。]{0,8})(?:力度|管理|监管|巡查|宣传)": said(
        "写明什么时候、多久一次、由谁去。"
    ),
    r"积极(?:协调|推进|配合|处理)|妥善处理|切实解决|认真研究|统筹考虑|适时(?:启动|推进)|择机|逐步完善": (
        said("写成具体的事和时间。")
    ),
    r"(?:相关|有关)(?:部门|单位|规定|政策)": said("写出单位或规定的名称。"),
    r"按(?:程序|规定|流程)(?:办理|处理|推进)": said("写明下一步是什么、大约多久。"),
}
JARGON: Final[Mapping[str, str]] = {
    "管养": "管理和维修", "权属": "归谁所有", "截污纳管": "把污水接进管道", "提标改造": "改造得更好", "黑臭水体": (
        "又黑又臭的河"
    ),
    "立行立改": "马上改", "溯源": "查来源", "征拆": "征收拆迁", "清淤": "清理淤泥", "消缺": "补上缺的", "属地": (
        "所在街道"
    ),
    "首接负责": "谁先接谁负责", "建管衔接": "建好后交接", "台账": "登记本", "闭环": "办到有结果", "抓手": "办法",
    "雨污分流": "雨水污水分开走", "市政管网": "地下的公用管道", "红线": "规划边界", "会商": "一起商量",
}  # fmt: skip
_EXPLAINED: Final = 3
_REFUSES: Final = re.compile(
    r"无法|不能(?:办理|受理|支持|满足|解决)|不予|不符合|不属于|暂不|不具备|难以|不支持|不受理"
)
_REASONS: Final = re.compile(
    r"《|根据|依据|按照|规定|第[0-9一二三四五六七八九十]+条|因为|因|由于|原因|鉴于|考虑到|需要?先"
)
_CONTACT: Final = re.compile(r"电话|致电|联系(?:人|方式|我)|拨打|咨询热线|[0-9]{3,4}-?[0-9]{7,8}|12345|地址")
_WHEN: Final = (
    r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}[日号]|底|初|中旬|上旬|下旬)?|年底|月底|本周|下周|下个?月|"
    r"[0-9一二三四五六七八九十]+个?(?:工作日|天|日|周|星期|个月|月)内"
)
_PROMISE: Final = re.compile(
    rf"(?:预计|将|计划|力争|确保|拟|争取|保证|承诺|会)[^，。；]{{0,16}}(?:{_WHEN})|"
    rf"(?:{_WHEN})[^，。；]{{0,6}}(?:前|内)?(?:完成|修复|整改|开工|清理|更换|恢复|答复|办结)"
)
_DONE: Final = re.compile(r"已(?:于|在)|于[^，。]{0,12}(?:已|完成)|上年|去年|日(?:已|前往|到场|现场)")
_BLAMES: Final = re.compile(
    r"您(?:应该|应当|必须|自己|没有按|未按)|你们?(?:自己|应该)|自行解决|无理(?:要求|取闹)|恶意(?:投诉|"
    r"举报)|(?:请|勿)不?要?再(?:反复|重复)?(?:投诉|来电|反映)|"
    r"与我(?:单位|局|们|街道)无关|(?:已|早已)多次(?:告知|解释|答复)|不归我(?:们|局|单位)|纯属|不听劝|素质"
)
_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳唐罗薛贺汤顾孟黄穆萧尹姚邵汪毛宋庞熊纪舒屈项祝"
    "董梁杜蓝席季强贾路江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房丁邓洪石崔龚程邢陆荣翁荀甄芮储靳井段富巫焦侯全宁祖武符刘叶白蒲池乔闻"
    "翟谭贡劳姬申冉桑桂牛寿边温庄阎易慎戈廖"
)
_BEFORE_A_NAME: Final = (
    r"(?:^|[^\u4e00-\u9fff]|诉求人|投诉人|反映人|来电人|市民|居民|业主|当事人|联系|致电|与|和|向|由|给)"
)
_NAMED: Final = re.compile(rf"{_BEFORE_A_NAME}[{_SURNAMES}](?:某某?|[\u4e00-\u9fff]{{0,2}})(?:先生|女士)")


# Every reply begins with one; what everybody may read has it masked.
_SALUTATION: Final = re.compile(
    r"^(?:尊敬的)?[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐|同志|师傅|阿姨|大爷)(?=[,，:：]|[您你]好)"
)


def worded(reply: str, *, solved: bool) -> list[Objection]:
    """Objections to how a reply is worded, in the order of its sentences; then what the whole of it lacks."""
    found: list[Objection] = []
    for sentence in (one.strip() for one in _SENTENCE.findall(reply)):
        if sentence:
            found += [*_empty(sentence), *_hard(sentence), *_refusing(sentence, reply), *_of_people(sentence)]
            found += _promising(sentence)
    return found + _lacking(reply, solved=solved)


def _empty(sentence: str) -> list[Objection]:
    hit = next((advice for pattern, advice in EMPTY.items() if re.search(pattern, sentence)), "")
    return [Objection(ObjectionKind.PLAIN, hit, sentence)] if hit else []


def _hard(sentence: str) -> list[Objection]:
    found = []
    if len(sentence) > LONGEST_SENTENCE:
        advice = said("这一句有 %(n)s 字，拆成几句短的。", n=len(sentence))
        found.append(Objection(ObjectionKind.PLAIN, advice, sentence))
    words = [word for word in JARGON if word in sentence and not _is_explained(word, sentence)]
    if words:
        advice = said("“%(word)s”不好懂，可以写成“%(plain)s”。", word=words[0], plain=JARGON[words[0]])
        found.append(Objection(ObjectionKind.PLAIN, advice, sentence))
    return found


def _is_explained(word: str, sentence: str) -> bool:
    after = sentence[sentence.index(word) + len(word) :][:_EXPLAINED]
    return "（" in after or "，即" in after or "是指" in after


def _refusing(sentence: str, reply: str) -> list[Objection]:
    if not _REFUSES.search(sentence) or _REASONS.search(reply):
        return []
    return [
        Objection(
            ObjectionKind.REASON,
            said("说了办不了，没有说为什么：写明原因，有规定的写出规定名称和条款。"),
            sentence,
        )
    ]


def _of_people(sentence: str) -> list[Objection]:
    found = []
    if _BLAMES.search(sentence):
        found.append(
            Objection(ObjectionKind.TONE, said("这句像在责怪诉求人，换成说明情况和能怎么办。"), sentence)
        )
    if names_a_person(sentence) or _NAMED.search(_SALUTATION.sub("", sentence)):
        found.append(
            Objection(ObjectionKind.PERSONS, said("公开答复里不写个人的姓名、手机号、证件号。"), sentence)
        )
    return found


def _promising(sentence: str) -> list[Objection]:
    if not _PROMISE.search(sentence) or _DONE.search(sentence):
        return []
    return [
        Objection(ObjectionKind.PROMISE, said("写了时间就是承诺，请同时登记承诺，到期前会提醒。"), sentence)
    ]


def _lacking(reply: str, *, solved: bool) -> list[Objection]:
    found = []
    if (not solved or _REFUSES.search(reply)) and not _CONTACT.search(reply):
        found.append(Objection(ObjectionKind.INCOMPLETE, said("没有写还有疑问可以找谁：写单位电话。")))
    if not solved and not re.search(_WHEN, reply):
        found.append(Objection(ObjectionKind.INCOMPLETE, said("还没有办好的，写明大约什么时候。")))
    return found
