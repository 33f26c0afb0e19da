"""The starter set into a district: what every street is asked, for the district to edit."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.knowledge.actions.writing import ArticleDraft, write_article
from huying.knowledge.models import Article
from huying.knowledge.rules.starter import starter
from huying.people.queries import body_for


@transaction.atomic
def load_starter_articles(by: Actor, now: datetime) -> int:
    """Write the starter's articles that the actor's district does not have yet; how many were new.

    Each belongs to the body that bears its duty in the whole district, or to nobody. Raises Denied.
    """
    known = set(Article.objects.filter(district=by.district).values_list("origin", flat=True))
    new = [line for line in starter() if line.origin not in known]
    for line in new:
        draft = ArticleDraft(
            question=line.question,
            answer=line.answer,
            keywords=line.keywords,
            item=line.item,
            body_id=body_for(by.district, line.duty, str(by.district), now),
            valid_from=localdate(now),
        )
        write_article(by, draft, now, origin=line.origin)
    return len(new)
