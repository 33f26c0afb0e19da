"""What an article must be before it is kept."""

from datetime import date
from typing import Final

from huying.kernel.errors import Invalid

QUESTION_MOST: Final = 120
ANSWER_LEAST: Final = 15
ANSWER_MOST: Final = 2000
KEYWORD_MOST: Final = 20
KEYWORDS_MOST: Final = 30


def must_be_sound(
    question: str, answer: str, keywords: tuple[str, ...], valid_from: date, valid_until: date | None
) -> None:
    """Raise Invalid, naming every field that is wrong."""
    wrong: dict[str, str] = {}
    if not 4 <= len(question) <= QUESTION_MOST:
        wrong["question"] = "问题要写 4 到 120 字，像来电人会说的那样。"
    if not ANSWER_LEAST <= len(answer) <= ANSWER_MOST:
        wrong["answer"] = "答复要写 15 到 2000 字，能直接念给来电人听。"
    if len(keywords) > KEYWORDS_MOST or any(len(word) > KEYWORD_MOST for word in keywords):
        wrong["keywords"] = "关键词最多 30 个，每个不超过 20 字。"
    if valid_until is not None and valid_until < valid_from:
        wrong["valid_until"] = "截止日不能早于启用日。"
    if wrong:
        raise Invalid("这条知识还不能保存，请看标出的地方。", fields=wrong)
