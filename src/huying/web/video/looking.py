"""What is done to an alarm: its pictures opened, a verdict, a picture taken away."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Invalid, NotFound
from huying.video.actions import judge, open_pictures, remove_picture
from huying.video.rules.kinds import AlarmVerdict, LookReason
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.video.forms import LookForm
from huying.web.video.one import shown


@guarded(P.VIDEO_OPEN)
@never_cache
@require_POST
def opened(request: StaffRequest, number: int) -> HttpResponse:
    """The pictures as they were taken, for ten minutes; who and why stand in the audit."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return shown(request, number, form, 400)
    said = form.cleaned_data
    try:
        open_pictures(request.actor, number, LookReason(said["reason"]), said["why"], request.now)
    except Invalid as error:
        refused(form, error)
        return shown(request, number, form, 400)
    return pressed(request, lambda: None, _("已打开原图，十分钟后自动打码。"), "video:one", number)


@guarded(P.VIDEO_OPEN)
@require_POST
def judged(request: StaffRequest, number: int) -> HttpResponse:
    """What somebody found who looked."""
    given = request.POST.get("verdict", "")
    if given not in set(AlarmVerdict):
        raise NotFound
    why = request.POST.get("why", "").replace("\x00", "")
    verdict = AlarmVerdict(given)
    return pressed(
        request, lambda: judge(request.actor, number, verdict, why, request.now), _("已记下结论。"), "video:one", number
    )  # fmt: skip


@guarded(P.VIDEO_SET)
@require_POST
def removed(request: StaffRequest, number: int, picture: int) -> HttpResponse:
    """A picture taken away for good."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request,
        lambda: remove_picture(request.actor, number, picture, why, request.now),
        _("截图已删除。"),
        "video:one",
        number,
    )
