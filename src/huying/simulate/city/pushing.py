"""The stand-in sends its letters by itself: in order, in batches, again until they are acknowledged."""

import secrets
import time
from datetime import UTC, datetime, timedelta

import httpx
import orjson

from huying.exchange.rules.signing import headers
from huying.simulate.city.dialect import SECRET
from huying.simulate.city.serving import City

_BATCH = 100


def push_for_ever(city: City) -> None:
    """Push whatever is to be sent; for a thread of its own."""
    client = httpx.Client(timeout=30, trust_env=False)
    while True:
        if not city.push_to or not _one(city, client):
            city.wake.wait(0.2)
            city.wake.clear()


def _one(city: City, client: httpx.Client) -> bool:
    """One batch; False where there was none, or it must be tried again."""
    at = city.holding.pushed
    letters = city.holding.after(at, _BATCH)
    if not letters:
        return False
    moods = city.moods
    shown = moods.chance.sample(letters, len(letters)) if moods.strikes("shuffled") else letters
    body = b"<html></html>" if moods.strikes("rubbish") else orjson.dumps({"orders": shown})
    now = datetime.now(UTC) - timedelta(hours=1 if moods.strikes("skewed") else 0)
    secret = "somebody else's secret" if moods.strikes("unsigned") else SECRET
    given = headers(secret, now, secrets.token_hex(12), body) | {"Content-Type": "application/json"}
    try:
        answer = client.post(city.push_to, content=body, headers=given)
        if moods.strikes("twice"):
            given = headers(secret, now, secrets.token_hex(12), body) | {"Content-Type": "application/json"}
            client.post(city.push_to, content=body, headers=given)
    except httpx.HTTPError:
        time.sleep(0.2)
        return False
    # An acknowledgement that does not come back is as none.
    if answer.status_code != 200 or moods.strikes("lost"):
        time.sleep(0.05)
        return False
    city.holding.push_done(at + len(letters))
    return True
