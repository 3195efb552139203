"""One line of the desk: a paper, or an institution that has handed in none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tuoyu.accounts.models import ROLE_LABELS, Role
from tuoyu.applications.models import Application
from tuoyu.clock import beijing, now
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import Stay
from tuoyu.regions.models import Region
from tuoyu.reports.calendar import period_of
from tuoyu.reports.models import MonthlyReport
from tuoyu.review.papers import due_of, title_of, whose
from tuoyu.workflow.facts import Facts, facts_of, township_path, townships_of
from tuoyu.workflow.reviewable import Reviewable
from tuoyu.workflow.states import OF_THE_MAKER, Move, State, moves_open_to


@dataclass(frozen=True)
class Row:
    institution: Institution | Application
    township: Region
    paper: Reviewable | None = None
    month: date | None = None
    due: object = None
    facts: Facts | None = None
    moves: tuple[Move, ...] = ()

    @property
    def id(self):
        """Of the element that draws it."""
        return f"paper_{self.paper.id}" if self.paper else f"institution_{self.institution.id}"

    @property
    def title(self):
        return title_of(self.paper)

    @property
    def state(self):
        return self.paper.state.value if self.paper else "not_filed"

    @property
    def days_overdue(self):
        return days_past(self.due)

    @property
    def flags(self):
        """(label, tone) of what a reviewer should know beside the state."""
        return list(flags_of(self.paper, self.facts)) if self.paper else []


def rows_of(desk, found, user):
    """The rows of a page of the desk; what they need is looked up for all of them at once."""
    papers = [paper for _, paper in found if handed_in(paper)]
    facts = facts_of(papers)
    alone = [institution for institution, paper in found if not handed_in(paper)]
    places = places_of(alone, desk.month)
    townships = townships_of(list(places.values()))
    period = period_of(desk.month) if alone and desk.month else None
    for institution, paper in found:
        if handed_in(paper):
            yield row_of(paper, user, facts[paper.id])
        else:
            township = townships[township_path(places[institution.id])]["township"]
            yield Row(institution, township, month=desk.month, due=period and period.fill_due)


def places_of(institutions, month):
    """{number of the institution: what tells its `region_path`} in the month, or else today."""
    if not (institutions and month):
        return {institution.id: institution for institution in institutions}
    numbers = [institution.id for institution in institutions]
    stays = select(Stay).where(Stay.institution_id.in_(numbers), Stay.in_month(month))
    return {stay.institution_id: stay for stay in db.session.scalars(stays)}


def handed_in(paper):
    return paper is not None and paper.state != State.DRAFT


def row_of(paper, user, facts=None):
    """The row of one paper, with the stamps open to this person."""
    facts = facts or paper.facts
    return Row(
        institution=whose(paper),
        township=facts.township,
        paper=paper,
        month=getattr(paper, "month", None),
        due=due_of(paper),
        facts=facts,
        moves=tuple(sorted(stamps_for(user, paper, facts), key=is_backward)),
    )


def stamps_for(user, paper, facts):
    """What this person may do with the paper at the desk; whoever made it takes it back on its own
    page."""
    moves = moves_open_to(paper.part_of(user), paper.state, facts)
    return [move for move in moves if move.name not in OF_THE_MAKER]


def is_backward(move):
    """Stamps that send forward stand before those that send back."""
    return move.needs_reason


def days_past(due):
    """Whole days since a deadline, 0 before it."""
    if due is None or now() <= due:
        return 0
    return max((now().date() - beijing(due).date()).days, 1)


def flags_of(paper, facts):
    yield from where_it_comes_from(paper)
    if declared := getattr(paper, "declared_as", None):
        yield declared.label, "grey"
    if days := getattr(paper, "days_late", 0):
        yield f"迟报{days}天", "orange"
    if facts.county_stood_in:
        yield "县级代审", "orange"
    if getattr(paper, "explanations", None):
        yield f"有说明{len(paper.explanations)}", "orange"
    if is_late_confirmation(paper):
        yield "县级逾期确认", "red"


def where_it_comes_from(paper):
    if paper.version > 1:
        yield f"{'更正' if isinstance(paper, MonthlyReport) else ''}第{paper.version}版", "purple"
    if paper.asked_by != Role.INSTITUTION:
        yield f"{ROLE_LABELS[paper.asked_by]}提出", "grey"


def is_late_confirmation(paper):
    due = paper.period.county_due if isinstance(paper, MonthlyReport) else None
    return bool(due and paper.confirmed_at and paper.confirmed_at > due)
