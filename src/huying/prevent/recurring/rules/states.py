"""Where a project stands."""

from huying.kernel.terms import Term


class ProjectState(Term):
    """治理项目 from its plan to its end."""

    RUNNING = "running", "治理中"
    FINISHED = "finished", "已完成"
