"""What a writer fills in for an article."""

import re
from typing import Any, Final

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huying.access.actor import Actor
from huying.catalogue.queries import item
from huying.kernel.errors import NotFound
from huying.knowledge.actions import ArticleDraft
from huying.knowledge.policy import bodies_written, may_write_all
from huying.knowledge.queries import ArticleInfo
from huying.web.guard import StaffRequest
from huying.web.knowledge.showing import owners

_PARTED: Final = re.compile(r"[\s,，、;；]+")


class ArticleForm(forms.Form):
    """One article. ``key`` makes a new one sent twice one article; ``seen`` is the version that was opened.

    ``gap`` is the question without an article that it was begun from.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)
    gap = forms.IntegerField(required=False, min_value=0, max_value=2**62, widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("问题"),
        max_length=120,
        help_text=_("照来电人的说法写，例如“居住证怎么办理”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answer = forms.CharField(
        label=_("标准答复"),
        max_length=2000,
        help_text=_("坐席照着念，居民在网上看：短句，先说怎么办，再说带什么、去哪里、多久。"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    keywords = forms.CharField(
        label=_("关键词"),
        max_length=700,
        required=False,
        help_text=_("别人还会怎么说，用空格分开，例如“暂住证 居住登记”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    body = forms.ChoiceField(label=_("责任单位"), required=False)
    item = forms.CharField(
        label=_("事项编码"), max_length=24, required=False, help_text=_("职责清单上的编码，例如 070101")
    )
    valid_from = forms.DateField(label=_("启用日"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_until = forms.DateField(
        label=_("截止日"),
        required=False,
        help_text=_("有年度政策的写上，到期前 30 天提醒责任单位，过了这天不再给出"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(label=_("这次改了什么"), max_length=200, required=False)

    def __init__(
        self, request: StaffRequest, data: Any = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.district = request.actor.district
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _bodies(request.actor, owners(self.district, request.now))
        field.required = not may_write_all(request.actor)

    def clean_item(self) -> str:
        code = str(self.cleaned_data["item"]).strip()
        try:
            return item(self.district, code).code if code else ""
        except NotFound as wrong:
            raise forms.ValidationError(gettext("职责清单上没有这个事项编码。")) from wrong

    def draft(self) -> ArticleDraft:
        """What a valid form says."""
        said = self.cleaned_data
        return ArticleDraft(
            question=said["question"],
            answer=said["answer"],
            keywords=tuple(word for word in _PARTED.split(said["keywords"]) if word),
            item=said["item"],
            body_id=int(said["body"]) if said["body"] else None,
            valid_from=said["valid_from"],
            valid_until=said["valid_until"],
            note=said["note"],
        )


def as_initial(article: ArticleInfo) -> dict[str, Any]:
    """An article as the form's first values."""
    return {
        "seen": article.version,
        "question": article.question,
        "answer": article.answer,
        "keywords": " ".join(article.keywords),
        "body": str(article.body_id or ""),
        "item": article.item,
        "valid_from": article.valid_from.isoformat(),
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
    }


def today(request: StaffRequest) -> str:
    """The district's day as a date field takes it."""
    return localdate(request.now).isoformat()


def _bodies(actor: Actor, known: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    if may_write_all(actor):
        return [("", _("不归哪个单位")), *known]
    own = {str(number) for number in bodies_written(actor)}
    return [pair for pair in known if pair[0] in own]
