"""What is remembered of a drawing is drawn once, and apart for each language."""

from django.utils import translation
from django.utils.translation import gettext

from huying.web.remembering import per_language


def test_each_language_has_its_own_and_draws_it_once() -> None:
    drawn: list[str] = []

    @per_language
    def leave(name: str) -> str:
        drawn.append(name)
        return f"{name}：{gettext('退出')}"

    with translation.override("zh-hans"):
        chinese = [leave("王敏"), leave("王敏")]
    with translation.override("en"):
        english = leave("王敏")
    assert chinese == ["王敏：退出"] * 2
    assert english != chinese[0]
    assert drawn == ["王敏", "王敏"]
