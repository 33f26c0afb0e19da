"""The numbers of the detector. None has a unit of any factor; lengths count readings, so that the interval is free."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """Chosen on the first two fifths of one public file and on made series (docs/benchmarks.md)."""

    #: Readings that are only listened to.
    learning: int = 48
    #: What is usual is learned anew from so many readings: a week of hourly ones.
    recent: int = 168
    #: Usual is the strongest back-and-forth of these readings (its 95th percentile); at least this share of the largest
    #: step of the last ones, for in a flood everything moves; so many times the finest step the instrument shows; and
    #: this share of the range of the last month or two, below which nobody would mind.
    stirred: float = 0.3
    stirred_over: int = 12
    grains: float = 2.0
    minded: float = 0.005
    minded_past: int = 1440
    #: A single reading is a spike above so many times what is usual; several that agree are a shift above fewer.
    spike: float = 4.0
    shift: float = 3.0
    #: A suspect that has come back by so much of its jump was a spike.
    back: float = 0.6
    #: Suspects that stay together so closely, by shares of the jump, for so many readings are a new level (one of them
    #: may lie further out) …
    together: float = 0.3
    #: … provided that the first step made so much of it, and that the readings before lay within this share of it.
    one_step: float = 0.6
    calm: float = 0.5
    settle: int = 5
    #: A spike has no more readings than this; longer excursions that come back are weather.
    brief: int = 2
    #: A doubt ends when so many readings in a row are nearer to the old level.
    returned: int = 3
    #: So many spikes within so many readings are one cluster.
    cluster: int = 3
    cluster_over: int = 24
    #: How long a new level or a drift is doubted, for once a week somebody looks after a station.
    doubted: timedelta = timedelta(days=7)
    #: Equal readings: at least so many, and so many times the longest such run before, in a series that rests in less
    #: than this share of its steps.
    stuck: int = 12
    stuck_times: float = 4.0
    resting: float = 0.5
    #: A gap is longer than so many usual intervals; after a long one nothing is compared with what was before.
    gap: float = 4.0
    forget: float = 24.0
    #: Drift: medians of so many readings, so many of them outside of the range of the past by this share, and going on.
    drift_span: int = 24
    drift_spans: int = 5
    drift_margin: float = 0.25
    drift_past: int = 1440
