"""The only readers of volunteers, musters and units; they answer with plain values."""

from huying.volunteers.queries.figures import CommunityFigures, Figures, figures_for
from huying.volunteers.queries.links import link_of, read_link
from huying.volunteers.queries.lists import (
    ListFilter,
    ListingRow,
    ProgressRow,
    ProjectRow,
    Suggestion,
    listing_for,
    listings_for,
    project_for,
    projects_for,
    suggestions_for,
)
from huying.volunteers.queries.mine import (
    Own,
    OwnMuster,
    gave_of,
    muster_near,
    musters_near,
    open_to_all,
    own_by_id,
    own_for,
)
from huying.volunteers.queries.musters import (
    ClaimRow,
    MusterFilter,
    MusterLine,
    MusterWhole,
    muster_for,
    musters_for,
)
from huying.volunteers.queries.people import (
    Gave,
    VolunteerFilter,
    VolunteerRow,
    counts_for,
    volunteer_for,
    volunteers_for,
)
from huying.volunteers.queries.skills import skills
from huying.volunteers.queries.units import UnitFilter, UnitRow, unit_choices, unit_for, units_for

__all__ = [
    "ClaimRow",
    "CommunityFigures",
    "Figures",
    "Gave",
    "ListFilter",
    "ListingRow",
    "MusterFilter",
    "MusterLine",
    "MusterWhole",
    "Own",
    "OwnMuster",
    "ProgressRow",
    "ProjectRow",
    "Suggestion",
    "UnitFilter",
    "UnitRow",
    "VolunteerFilter",
    "VolunteerRow",
    "counts_for",
    "figures_for",
    "gave_of",
    "link_of",
    "listing_for",
    "listings_for",
    "muster_for",
    "muster_near",
    "musters_for",
    "musters_near",
    "open_to_all",
    "own_by_id",
    "own_for",
    "project_for",
    "projects_for",
    "read_link",
    "skills",
    "suggestions_for",
    "unit_choices",
    "unit_for",
    "units_for",
    "volunteer_for",
    "volunteers_for",
]
