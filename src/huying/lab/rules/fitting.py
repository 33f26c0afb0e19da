"""A model of a body learned from one month, tried on the next, and only then asked about other staffing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from huying.lab.rules.queueing import Floats, Job, in_hand, sojourns

#: Of fewer jobs nothing is learned.
LEAST: Final = 30
#: How far the model may be off on a month it has not seen, on average of mean, median and nine tenths.
BOUND: Final = 0.25
_TRIED: Final = 24
_DRAWS: Final = 12
#: So many months are drawn of each scenario.
DRAWN: Final = 200
_FITTED: Final = 6
#: Called between two draws: whoever waits may say that it is to end.
Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """How long jobs of a month took, in working hours, and what share of them was late."""

    jobs: int
    mean: float
    median: float
    tenth: float
    late: float


@dataclass(frozen=True, slots=True)
class Model:
    """Desks, and how long those took who found one free."""

    servers: int
    services: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A model on a month it has not seen: what was, what it says, how far off on average; ``may``: near enough."""

    model: Model
    real: Times
    told: Times
    error: float

    @property
    def may(self) -> bool:
        return self.error <= BOUND


@dataclass(frozen=True, slots=True)
class Foretold:
    """A month with other staffing: the middle, and between what nine of ten draws lie."""

    servers: int
    mean: tuple[float, float, float]
    tenth: tuple[float, float, float]
    late: tuple[float, float, float]


def learned(
    before: Sequence[Job], month: Sequence[Job], seed: int = 1, step: Step = lambda: None
) -> Model | None:
    """The model that tells the month best; ``before`` fills the desks. None where too little is known.

    How long a job is worked on is not written anywhere: those who found fewer unfinished than there are desks waited
    for nobody, so with each number of desks goes its own sample. What tells the number is how much longer it takes who
    finds many unfinished: without that, any number that is large enough would tell a month's times.
    """
    jobs = sorted([*before, *month], key=lambda one: one.arrival)
    found = in_hand(jobs)
    done = [(job.took, hand) for job, hand in zip(jobs, found, strict=True) if job.took is not None]
    if len([job for job in month if job.took is not None]) < LEAST:
        return None
    shape = _shape(jobs)
    best: tuple[float, Model] | None = None
    for servers in _candidates(max(found, default=0) + 1):
        step()
        sample = tuple(took for took, hand in done if hand < servers)
        if len(sample) < LEAST:
            continue
        model = Model(servers, sample)
        error = _misfit(shape, jobs, model, seed)
        if best is None or error < best[0]:
            best = (error, model)
    return best[1] if best else None


def tried(model: Model, before: Sequence[Job], month: Sequence[Job], seed: int = 1) -> Tried:
    """The model on a month it has not seen."""
    real, told = times_of(month), told_by(model, before, month, seed)
    return Tried(model, real, told, off(real, told))


def foretold(
    model: Model, before: Sequence[Job], month: Sequence[Job], servers: int, seed: int = 1,
    draws: int = DRAWN, step: Step = lambda: None,
) -> Foretold:  # fmt: skip
    """The month once more with so many desks; what is known of services is drawn anew each time, too."""
    rng = np.random.default_rng(seed)
    services = np.array(model.services)
    runs = []
    for _ in range(draws):
        step()
        known = rng.choice(services, len(services))
        runs.append(_run(known, before, month, servers, rng))
    columns = [[getattr(run, name) for run in runs] for name in ("mean", "tenth", "late")]
    mean, tenth, late = (_band(column) for column in columns)
    return Foretold(servers, mean, tenth, late)


def times_of(jobs: Sequence[Job]) -> Times:
    """How long those that are done took."""
    done = [job for job in jobs if job.took is not None]
    took = np.array([job.took for job in done], dtype=np.float64)
    late = sum(job.took is not None and job.took > job.allowed for job in done)
    return _times(took, late)


def told_by(model: Model, before: Sequence[Job], month: Sequence[Job], seed: int) -> Times:
    """What the model says of a month, on average of several draws."""
    rng = np.random.default_rng(seed)
    services = np.array(model.services)
    runs = [_run(services, before, month, model.servers, rng) for _ in range(_DRAWS)]
    return Times(
        len(month),
        *(
            float(np.mean([getattr(run, name) for run in runs]))
            for name in ("mean", "median", "tenth", "late")
        ),
    )


def off(real: Times, told: Times) -> float:
    """How far the one is from the other, on average of mean, median and nine tenths."""
    pairs = [(real.mean, told.mean), (real.median, told.median), (real.tenth, told.tenth)]
    return float(np.mean([abs(said - was) / was if was > 0 else float(said > 0) for was, said in pairs]))


def _misfit(real: Floats, jobs: Sequence[Job], model: Model, seed: int) -> float:
    """How far a model is off in how long it takes who finds few, some, or many unfinished."""
    rng = np.random.default_rng(seed)
    services = np.array(model.services)
    arrivals = np.array([job.arrival for job in jobs])
    shapes = []
    for _ in range(_FITTED):
        stay = sojourns(arrivals, rng.choice(services, len(jobs)), model.servers)
        drawn = [Job(job.arrival, float(took), job.allowed) for job, took in zip(jobs, stay, strict=True)]
        shapes.append(_shape(drawn))
    told = np.mean(shapes, axis=0)
    return float(np.mean(np.abs(told - real) / np.maximum(real, 1e-9)))


def _shape(jobs: Sequence[Job]) -> Floats:
    """The mean time of the third that found fewest unfinished, of the next, of the last; and what nine in ten take."""
    pairs = sorted(
        (hand, number, job.took)
        for number, (job, hand) in enumerate(zip(jobs, in_hand(jobs), strict=True))
        if job.took is not None
    )
    took = np.array([took for _hand, _number, took in pairs])
    return np.array([*(part.mean() for part in np.array_split(took, 3)), np.quantile(took, 0.9)])


def _run(
    services: Floats, before: Sequence[Job], month: Sequence[Job], servers: int, rng: np.random.Generator
) -> Times:
    jobs = sorted([*before, *month], key=lambda one: one.arrival)
    counted = {id(job) for job in month}
    arrivals = np.array([job.arrival for job in jobs])
    stay = sojourns(arrivals, rng.choice(services, len(jobs)), servers)
    mine = [number for number, job in enumerate(jobs) if id(job) in counted]
    took = stay[mine]
    late = sum(float(one) > jobs[number].allowed for number, one in zip(mine, took, strict=True))
    return _times(took, late)


def _times(took: Floats, late: int) -> Times:
    if not len(took):
        return Times(0, 0.0, 0.0, 0.0, 0.0)
    median, tenth = np.quantile(took, (0.5, 0.9))
    return Times(len(took), float(took.mean()), float(median), float(tenth), late / len(took))


def _band(column: Sequence[float]) -> tuple[float, float, float]:
    low, middle, high = np.quantile(column, (0.05, 0.5, 0.95))
    return float(low), float(middle), float(high)


def _candidates(most: int) -> list[int]:
    """Every number of desks up to ten, wider apart beyond."""
    spread = np.unique(np.geomspace(1, max(most, 1), _TRIED).round().astype(int))
    return sorted({*range(1, min(most, 10) + 1), *(int(one) for one in spread)})
