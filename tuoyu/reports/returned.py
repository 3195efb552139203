"""What reviewers most often sent back in the month before, figure by figure: told to whoever fills
in the same figure now, as numbers of institutions of the whole province, never by name."""

from datetime import datetime, time
from typing import NamedTuple

from flask import g
from sqlalchemy import case, func, select, tuple_

from tuoyu.clock import BEIJING
from tuoyu.extensions import db
from tuoyu.reports.calendar import first_of
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.history import Step

FEWEST = 3  # institutions, of a number or of words: fewer could tell who it was


class Returned(NamedTuple):
    """How many institutions had a figure sent back, and the words most of them got."""

    institutions: int
    because: str

    @property
    def words(self):
        said = f"上月有 {self.institutions} 家在此处被退回"
        return f"{said}，多因“{self.because}”" if self.because else f"{said}。"


def frequent_returns(month):
    """{figure: Returned} of the month before `month`, read once a request."""
    if "frequent_returns" not in g:
        g.frequent_returns = {}
    if month not in g.frequent_returns:
        with looking(EVERYWHERE):
            rows = db.session.execute(returns_before(month)).all()
        g.frequent_returns[month] = by_figure(rows)
    return g.frequent_returns[month]


def by_figure(rows):
    """{figure: Returned} of (figure, words, institutions), the most first; without words it is
    the number of all."""
    totals = {figure: number for figure, words, number in rows if words is None}
    words = {}
    for figure, said, _ in rows:
        if said:
            words.setdefault(figure, said)
    return {figure: Returned(number, words.get(figure, "")) for figure, number in totals.items()}


def returns_before(month):
    """A select of (figure, words or None, institutions), the most first. The words are the note
    at the figure, or else each of the reasons given for the whole report."""
    notes = func.jsonb_each_text(Step.marked).table_valued(
        "key", "value", name="notes", joins_implicitly=True
    )
    said = case((notes.c.value != "", notes.c.value), else_=Step.reason)
    words = func.regexp_split_to_table(said, "；").column_valued("words", joins_implicitly=True)
    institutions = func.count(Step.institution_id.distinct())
    return (
        select(notes.c.key, words, institutions)
        .select_from(Step)
        .join(MonthlyReport, MonthlyReport.id == Step.monthly_report_id)
        .where(
            MonthlyReport.month == first_of(month, -1),
            Step.move == "send_back",
            Step.at >= datetime.combine(month, time.min, BEIJING),
        )
        .group_by(func.grouping_sets(tuple_(notes.c.key), tuple_(notes.c.key, words)))
        .having(institutions >= FEWEST)
        .order_by(institutions.desc(), words)
    )
