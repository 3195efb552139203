"""What became of a paper that was sent back: the figures that were marked, then and now, and
whatever else was changed since."""

from functools import cached_property
from typing import NamedTuple

from tuoyu.workflow.states import FINAL

BESIDES = {"pictures": "相关图片"}  # what a paper says besides its figures


class Point(NamedTuple):
    """One figure a reviewer marked: what was wrong, and its words at the return and now."""

    key: str
    label: str
    code: str | None
    wrong: str
    before: str
    now: str

    @property
    def name(self):
        """As it is called on paper: 18 年末在托数."""
        return f"{self.code} {self.label}" if self.code else self.label

    @property
    def is_mended(self):
        """It is another figure now. Whether it is the right one the reviewer says."""
        return self.before != self.now

    @property
    def remark(self):
        """What stands beside the field."""
        said = f"退回意见：{self.wrong}" if self.wrong else "审核人员标出此项，请核对"
        return f"{said}（已修改，退回时 {self.before}）" if self.is_mended else said


class Return:
    """The step that sent the paper back, and what has become of the paper since."""

    def __init__(self, step, paper):
        self.step, self.paper = step, paper
        self.then = step.figures or {}

    @cached_property
    def points(self):
        """The Points that the step marked, in the order of the paper."""
        figures, now = {i.key: i for i in self.paper.sheet}, self.paper.words()
        return [
            Point(
                key,
                *name_of(figures.get(key), key),
                wrong,
                self.then.get(key, now.get(key)),
                now.get(key),
            )
            for key, wrong in in_the_order_of(figures, self.step.marked)
        ]

    @cached_property
    def others(self):
        """(label, before, now) of what else is different."""
        now = self.paper.words() | self.paper.besides()
        names = {i.key: i.full_name for i in self.paper.sheet} | BESIDES
        return [
            (names[key], self.then[key], words)
            for key, words in now.items()
            if key in self.then and key not in self.step.marked and self.then[key] != words
        ]

    @property
    def mended(self):
        return sum(point.is_mended for point in self.points)

    @property
    def remarks(self):
        """{field name: what to say beside it}."""
        return {point.key: point.remark for point in self.points}


def last_return(paper):
    """The Return that the institution or the reviewers have still to do with; None for a paper
    that was never sent back, or is settled."""
    if paper.state in FINAL:
        return None
    step = next((step for step in reversed(paper.steps) if step.move == "send_back"), None)
    return Return(step, paper) if step else None


def name_of(figure, key):
    """(label, code) of a figure; the key of one that is no longer asked for."""
    return (figure.full_name, figure.code) if figure else (key, None)


def in_the_order_of(keys, marked):
    """The marks as they stand on paper; the database keeps them in an order of its own."""
    places = {key: place for place, key in enumerate(keys)}
    return sorted(marked.items(), key=lambda mark: places.get(mark[0], len(places)))
