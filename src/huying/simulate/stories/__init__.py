"""How cases live: what is done, by whom and when, from the first call to the close or to now."""

from huying.simulate.stories.life import Life, joining, lives, story
from huying.simulate.stories.outcry import outcry
from huying.simulate.stories.pen import Deed, Who
from huying.simulate.stories.setting import Setting
from huying.simulate.stories.showcase import showcase

__all__ = ["Deed", "Life", "Setting", "Who", "joining", "lives", "outcry", "showcase", "story"]
