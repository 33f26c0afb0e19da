"""How every operation of the interface behaves, whatever it does: fields, versions, repeats, rates, ends."""

from huying.api.conduct.manners import Manners, mannered
from huying.api.conduct.pages import LIMIT_MOST, Turn, cut, page_of
from huying.api.conduct.whole import conducted

__all__ = ["LIMIT_MOST", "Manners", "Turn", "conducted", "cut", "mannered", "page_of"]
