"""Every list that can be taken away, by its kind."""

from collections.abc import Mapping
from typing import Final

from huying.web.exporting import (
    asking,
    assessment,
    boards,
    calling,
    cases,
    deliberation,
    duty,
    emergency,
    house,
    insight,
    prevention,
    records,
    reports,
    rises,
    waiting,
)
from huying.web.exporting.front_line import devices, homes, patrols, services, video, volunteers
from huying.web.exporting.listed import Listed

LISTS: Final[Mapping[str, Listed]] = {
    listed.take.kind: listed
    for module in (
        cases,
        waiting,
        asking,
        calling,
        boards,
        assessment,
        records,
        house,
        duty,
        reports,
        deliberation,
        devices,
        video,
        emergency,
        homes,
        insight,
        patrols,
        prevention,
        rises,
        services,
        volunteers,
    )
    for listed in module.LISTS
}
