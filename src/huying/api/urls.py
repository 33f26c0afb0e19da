from django.urls import path

from huying.api.v1 import appeals, cases, emergencies, exchange, follow_ups, reference, steps
from huying.api.v1.casework import callers, conversations, photos, proofs, replies, suggestions
from huying.api.v1.deliberation import MODULES as DELIBERATION
from huying.api.v1.desk import commanding, duty, knowledge, oversight, ringing
from huying.api.v1.edges import nowhere, well_refused
from huying.api.v1.exchanging import MODULES as EXCHANGING
from huying.api.v1.interface import api
from huying.api.v1.numbers import assessments, boards, insight, normal, plan_results, reporting, reports
from huying.api.v1.outward import MODULES as OUTWARD
from huying.api.v1.prevention import campaigns, hot_issues, recurring, risks, seasons, warnings
from huying.api.v1.records import audit, health, notices
from huying.api.v1.redrawing import MODULES as REDRAWING
from huying.api.v1.setup import accounts, bodies, editions, keys, learning, questions, texts

_MODULES = (
    appeals, cases, photos, callers, suggestions, proofs, steps, follow_ups, emergencies, exchange, reference,
    knowledge, boards, assessments, reports, warnings, hot_issues, recurring, campaigns, risks, bodies, keys,
    accounts, editions, texts, learning, audit, notices, oversight, duty,
    conversations, commanding, health, questions, replies, ringing, insight, normal, plan_results, reporting, seasons,
)  # fmt: skip
for _module in (*_MODULES, *DELIBERATION, *EXCHANGING, *OUTWARD, *REDRAWING):
    api.add_router("", _module.router)

_operations, _app, _name = api.urls
urlpatterns = [
    path("v1/", ([well_refused(one) for one in _operations], _app, _name)),
    path("v1/<path:rest>", nowhere),
]
