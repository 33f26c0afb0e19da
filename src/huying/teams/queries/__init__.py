"""The only readers of teams and duty; they answer with plain values."""

from huying.teams.queries.duty import OnDuty, accounts_on_duty, leaders_of, on_duty_around, on_duty_within
from huying.teams.queries.kinds import KindRow, kinds_of
from huying.teams.queries.members import MemberRow, member_for, members_near
from huying.teams.queries.mine import MyDuty, MyShift, duty_of
from huying.teams.queries.posts import PostRow, RotationRow, TurnRow, post_for, posts_for
from huying.teams.queries.roster import Roster, gaps_of, roster_for
from huying.teams.queries.teams import (
    GridTeam,
    TeamLine,
    TeamMember,
    team_for,
    team_members_within,
    teams_within,
)

__all__ = [
    "GridTeam",
    "KindRow",
    "MemberRow",
    "MyDuty",
    "MyShift",
    "OnDuty",
    "PostRow",
    "Roster",
    "RotationRow",
    "TeamLine",
    "TeamMember",
    "TurnRow",
    "accounts_on_duty",
    "duty_of",
    "gaps_of",
    "kinds_of",
    "leaders_of",
    "member_for",
    "members_near",
    "on_duty_around",
    "on_duty_within",
    "post_for",
    "posts_for",
    "roster_for",
    "team_for",
    "team_members_within",
    "teams_within",
]
