"""What is done of almost every matter: signed for, the caller rung up, reported as done, checked."""

from tests.stories.narrator import Story


def taken_on(town: Story, number: str, who: str) -> None:
    """The body signs and rings the caller up."""
    officer = town.officer(who)
    officer.does(number, "签收")
    officer.does(number, "记录首次联系", reached="联系上了")


def mended(town: Story, number: str, who: str, result: str, reply: str, **promise: str) -> None:
    """The body reports with photos before and after, and the street finds it so."""
    town.officer(who).does(
        number, "反馈办结", photos=True, result=result, reply=reply, solved="已解决", **promise
    )  # fmt: skip
    town.officer("李敏").does(number, "核查通过")
