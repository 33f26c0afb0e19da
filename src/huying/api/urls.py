from django.urls import path

from huying.api.v1 import appeals, cases, emergencies, exchange, follow_ups, reference, steps
from huying.api.v1.casework import callers, conversations, photos, proofs, replies, suggestions
from huying.api.v1.deliberation import MODULES as DELIBERATION
from huying.api.v1.desk import commanding, duty, knowledge, oversight, ringing
from huying.api.v1.devices import MODULES as DEVICES
from huying.api.v1.edges import nowhere, well_refused
from huying.api.v1.emergency import files, plans, responders
from huying.api.v1.exchanging import MODULES as EXCHANGING
from huying.api.v1.homes import MODULES as HOMES
from huying.api.v1.interface import api
from huying.api.v1.lab import MODULES as LAB
from huying.api.v1.listing import list_proposals, what_if, workbooks
from huying.api.v1.longwork import exports, imports, works
from huying.api.v1.numbers import assessments, boards, insight, normal, plan_results, reporting, reports
from huying.api.v1.outward import MODULES as OUTWARD
from huying.api.v1.patrol import MODULES as PATROL
from huying.api.v1.prevention import campaigns, hot_issues, recurring, risks, seasons, warnings
from huying.api.v1.records import audit, health, notices
from huying.api.v1.redrawing import MODULES as REDRAWING
from huying.api.v1.ruling import assessing, calendars, certainty, follow_up_plans, formulas, limits
from huying.api.v1.services import MODULES as SERVICES
from huying.api.v1.setup import accounts, bodies, editions, keys, learning, questions, texts
from huying.api.v1.teamwork import rosters, teams, turns
from huying.api.v1.video import MODULES as VIDEO
from huying.api.v1.volunteering import MODULES as VOLUNTEERING

_MODULES = (
    appeals, cases, photos, callers, suggestions, proofs, steps, follow_ups, emergencies, exchange, reference,
    # Before those that read one thing of the same name: an address is the first one's that has it.
    responders, plans, files, limits, certainty, calendars, formulas, follow_up_plans, assessing, rosters, teams, turns,
    workbooks, list_proposals, what_if, works, exports, imports,
    knowledge, boards, assessments, reports, warnings, hot_issues, recurring, campaigns, risks, bodies, keys,
    accounts, editions, texts, learning, audit, notices, oversight, duty,
    conversations, commanding, health, questions, replies, ringing, insight, normal, plan_results, reporting, seasons,
)  # fmt: skip
for _module in (
    *_MODULES, *DELIBERATION, *DEVICES, *EXCHANGING, *HOMES, *LAB, *OUTWARD,
    *PATROL, *REDRAWING, *SERVICES, *VIDEO, *VOLUNTEERING,
):  # fmt: skip
    api.add_router("", _module.router)

_operations, _app, _name = api.urls
urlpatterns = [
    path("v1/", ([well_refused(one) for one in _operations], _app, _name)),
    path("v1/<path:rest>", nowhere),
]
