"""Tables of volunteers, musters and units."""

from huying.volunteers.models.musters import Claim, Muster, Told
from huying.volunteers.models.people import Volunteer
from huying.volunteers.models.units import Listing, Progress, Project, Unit

__all__ = ["Claim", "Listing", "Muster", "Progress", "Project", "Told", "Unit", "Volunteer"]
