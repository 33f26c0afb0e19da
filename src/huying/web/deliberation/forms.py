"""What is typed about meetings and proposals."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from huying.deliberation.actions.meetings import MeetingForm as Meeting
from huying.deliberation.actions.proposals import ProposalForm as Proposal
from huying.deliberation.queries.kinds import decision_kinds, meeting_kinds
from huying.people.queries import bodies
from huying.web.deliberation.words import areas_run_by
from huying.web.guard import StaffRequest
from huying.web.present.choices import put_choices

_MOMENT: Final = "%Y-%m-%dT%H:%M"


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=picker, input_formats=[_MOMENT], **more)


def _text(label: Any, most: int, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class MeetingForm(forms.Form):
    """A meeting; ``key`` makes a new one sent twice one meeting."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.TypedChoiceField(label=_("会议类型"), coerce=int)
    title = forms.CharField(label=_("会议名称"), max_length=80)
    area = forms.ChoiceField(label=_("属于哪里"))
    venue = forms.CharField(label=_("地点"), max_length=120, required=False)
    held_at = _moment(_("时间"))
    host = forms.CharField(label=_("主持人"), max_length=60, required=False)
    agenda = _text(_("议程"), 2000, 3, required=False)
    attendance = _text(
        _("到会人员"), 4000, 3, required=False, help_text=_("一行一位，可写身份，例如：王建国，居民代表")
    )
    bodies = forms.TypedMultipleChoiceField(
        label=_("到会单位"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("到会的单位可以现场认领"),
    )  # fmt: skip
    minutes = _text(_("会议纪要"), 20000, 8, required=False)

    def __init__(self, request: StaffRequest, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        actor = request.actor
        put_choices(self, "kind", [(row.id, row.name) for row in meeting_kinds(actor.district)])
        put_choices(self, "area", areas_run_by(actor))
        known = bodies(actor.district, request.now)
        put_choices(self, "bodies", [(body.id, body.short_name or body.name) for body in known])

    def meeting(self) -> Meeting:
        """What was typed, once it is valid."""
        told = self.cleaned_data
        return Meeting(
            kind_id=told["kind"], title=told["title"], area=told["area"], venue=told["venue"], held_at=told["held_at"],
            host=told["host"], agenda=told["agenda"], attendance=told["attendance"], bodies=told["bodies"],
            minutes=told["minutes"],
        )  # fmt: skip


class SaidForm(forms.Form):
    """One thing said at a meeting, typed while it is said."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("反映什么事"), min_length=2, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True, "autocomplete": "off"}),
        error_messages={"required": _("请写一下是什么事。"), "min_length": _("请写一下是什么事，至少 2 个字。")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("地点"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("称呼"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": True}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("电话"), max_length=30, required=False,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off", "data-private": True}
        ),
    )  # fmt: skip
    body = forms.TypedChoiceField(label=_("现场认领"), coerce=int, empty_value=None, required=False)
    item = forms.CharField(
        label=_("事项编码"), max_length=32, required=False,
        help_text=_("认领时平台认不出事项才要填，职责清单上有"),
    )  # fmt: skip

    def __init__(self, present: list[tuple[int, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        put_choices(self, "body", [("", _("没有单位认领")), *present])


class ProposalForm(forms.Form):
    """A proposal; ``key`` makes a new one sent twice one proposal."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("提案名称"), max_length=80, help_text=_("例如：3 栋楼下建电动车棚"))
    text = _text(
        _("提案内容"), 8000, 8, help_text=_("建什么、在哪里、花多少钱、谁出、谁来管。居民看到的就是这些。")
    )
    area = forms.ChoiceField(label=_("属于哪里"))
    kind = forms.TypedChoiceField(label=_("表决方式"), coerce=int)

    def __init__(self, request: StaffRequest, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        put_choices(self, "area", areas_run_by(request.actor))
        kinds = decision_kinds(request.actor.district)
        put_choices(self, "kind", [(row.id, row.name) for row in kinds])

    def proposal(self, meeting: int | None = None, case: int | None = None) -> Proposal:
        """What was typed, once it is valid."""
        told = self.cleaned_data
        return Proposal(
            title=told["title"], text=told["text"], area=told["area"], kind_id=told["kind"], meeting_id=meeting,
            case_id=case,
        )  # fmt: skip


class HouseholdsForm(forms.Form):
    """The households that may vote."""

    households = _text(
        _("有表决权的户"), 1_500_000, 10,
        help_text=_("一行一户，逗号后写面积（平方米），例如：3栋2单元501,89.5。可以从表格里整列复制过来。"),
    )  # fmt: skip


class OpenForm(forms.Form):
    """Until when people vote."""

    closes_at = _moment(_("投票截止"))


class VoteForm(forms.Form):
    """A resident's ballot."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("您的意见"), widget=forms.RadioSelect, error_messages={"required": _("请选一个意见。")}
    )
    code = forms.CharField(
        label=_("邀请码"), max_length=40, help_text=_("社区发给每户的纸条上，12 位字母和数字"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请输入邀请码。")},
    )  # fmt: skip


class StepForm(forms.Form):
    """A step of the work."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("做什么"), max_length=80)
    due_on = forms.DateField(
        label=_("哪天前做完"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class KindForm(forms.Form):
    """A kind of decision of the district's own."""

    name = forms.CharField(label=_("名称"), max_length=40)
    quorum = forms.CharField(label=_("参与比例"), max_length=9, initial="1/2", help_text=_("写成 2/3 这样"))
    quorum_over = forms.BooleanField(label=_("要超过这个比例（过半数要勾）"), required=False)
    majority = forms.CharField(label=_("同意比例"), max_length=9, initial="1/2")
    majority_over = forms.BooleanField(label=_("要超过这个比例"), required=False, initial=True)
    by_area = forms.BooleanField(label=_("面积也要达到"), required=False)
    basis = forms.CharField(label=_("依据"), max_length=200, help_text=_("哪部法律或哪份议事规则，第几条"))
