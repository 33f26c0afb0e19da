from django.urls import path

from huying.api.v1 import appeals, cases, emergencies, exchange, follow_ups, reference, steps
from huying.api.v1.interface import api

for _router in (
    appeals.router,
    cases.router,
    steps.router,
    follow_ups.router,
    emergencies.router,
    exchange.router,
    reference.router,
):
    api.add_router("", _router)

urlpatterns = [path("v1/", api.urls)]
