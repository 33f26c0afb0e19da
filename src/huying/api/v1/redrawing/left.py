"""岗位还挂在已撤销的区域: posts and duties left behind by a redrawing; each is moved or ended by its own operation."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import told
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import Denied
from huying.people.queries import PostHeld, PostInfo, bearing, posts_in_areas
from huying.places.queries import ended_areas

router = Router(tags=["账号"])
_Post = told(PostInfo, "PostLeftBehind")


class PostLeft(Schema):
    """A post of an area that is no more; ``POST /posts/{number}/move`` takes it where it belongs now."""

    post: _Post  # type: ignore[valid-type]
    area_name: str = Field(description="这片区域最后的名称", examples=["春风第三网格"])
    account_id: int
    name: str = Field(description="是谁的", examples=["王秀英"])
    login: str


class BearingLeft(Schema):
    """A duty that a unit bears where no area is any more."""

    area: str = Field(examples=["440310001002003"])
    area_name: str = Field(examples=["春风第三网格"])
    body: int
    duty: str = Field(examples=["urban_management"])


class LeftBehind(Schema):
    """Whoever and whatever is left behind, by area."""

    posts: list[PostLeft]
    bearings: list[BearingLeft]


@router.get("/posts/left", response=LeftBehind, summary="还挂在已撤销区域的岗位")
def listed(request: AskedRequest) -> dict[str, Any]:
    """Posts, now or to come, of areas that are in force no longer, and the duties that units bear there."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    if not request.actor.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied
    district, now = request.actor.district, request.now
    ended = ended_areas(district, now)
    held = posts_in_areas(request.actor, ended, now) if ended else []
    borne = sorted((area, who, duty) for (duty, area), who in bearing(district, now).items() if area in ended)
    return {
        "posts": [_post(one, ended[one.post.area]) for one in held],
        "bearings": [
            {"area": area, "area_name": ended[area], "body": who, "duty": duty} for area, who, duty in borne
        ],
    }


def _post(held: PostHeld, area_name: str) -> dict[str, Any]:
    return {
        "post": held.post, "area_name": area_name, "account_id": held.account_id, "name": held.name, "login": held.login
    }  # fmt: skip
