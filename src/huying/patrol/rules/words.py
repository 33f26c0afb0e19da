"""What cases are told of patrols."""

from huying.patrol.rules.kinds import CheckAnswer, CheckKind


def fixed(text: str, done: str) -> str:
    """The public reply of what was put right on the spot."""
    return f"网格员巡查现场核实：{_closed(text, 800)}已当场处置：{_closed(done, 500)}"


def checked(name: str, kind: CheckKind, answer: CheckAnswer, words: str) -> str:
    """The note of a check on its case."""
    told = f"网格员{name}{kind.zh}：{answer.zh}。"
    return told + (_closed(words, 1500) if words.strip() else "")


def _closed(text: str, most: int) -> str:
    said = text.strip()[:most]
    return said if said.endswith(("。", "！", "？", ".", "!", "?")) else f"{said}。"
