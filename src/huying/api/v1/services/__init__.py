"""身边服务: facilities and what is near, what centres offer and are asked for, the circle and what is missing."""

from huying.api.v1.services import (
    centre_services,
    circles,
    entry_reports,
    facilities,
    facility_kinds,
    near,
    service_asks,
)

# Before those that read one thing by its number: an address is the first one's that has it.
MODULES = (near, facilities, facility_kinds, entry_reports, centre_services, service_asks, circles)
