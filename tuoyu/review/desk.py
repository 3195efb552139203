"""What lies on a reviewer's desk: a list that an address describes completely."""

from dataclasses import dataclass, replace
from datetime import date

from flask_sqlalchemy.pagination import SelectPagination
from sqlalchemy import and_, case, func, literal, or_, select

from tuoyu.accounts.models import Role
from tuoyu.applications.models import Application
from tuoyu.extensions import db
from tuoyu.indicators.normal import plain
from tuoyu.institutions.models import Institution
from tuoyu.refusal import NotAcceptable
from tuoyu.reports.calendar import current_period, period_of
from tuoyu.reports.models import MonthlyReport
from tuoyu.reports.months import month_from
from tuoyu.review.papers import PAPERS, beside
from tuoyu.review.tabs import criterion, tabs_of
from tuoyu.workflow.states import State, waiting_at

SIZES = (20, 50, 100)
MOST_PAGES = 1_000_000
OLDEST_FIRST = ("waiting", "township", "overdue", "returned")


@dataclass(frozen=True)
class Desk:
    """The papers of one kind that one role looks at, narrowed by tab, month and words. Without a
    month: those of all months, except 未报, which is always of one month."""

    kind: str
    role: Role
    tab: str = "waiting"
    month: date | None = None
    words: str = ""
    size: int = SIZES[0]

    @classmethod
    def from_args(cls, kind, role, args):
        """The desk an address asks for; raises NotAcceptable for a list that does not exist."""
        tab = args.get("state", "waiting")
        if tab not in [t.name for t in tabs_of(role, kind)]:
            raise NotAcceptable("没有这个列表，请从页面上的标签进入。")
        size = args.get("size", SIZES[0], type=int)
        return cls(
            kind=kind,
            role=role,
            tab=tab,
            month=opened_month(args["month"]) if args.get("month") and kind == "reports" else None,
            words=plain(args.get("q", ""))[:100],
            size=size if size in SIZES else SIZES[0],
        ).at_a_month()

    def at_a_month(self):
        """未报 asks of which month: the current one unless another is given."""
        if self.kind == "reports" and self.tab == "unreported" and self.month is None:
            period = current_period()
            return replace(self, month=period.month if period else date(1, 1, 1))
        return self

    def showing(self, tab):
        """The same desk with another tab in front."""
        return replace(self, tab=tab).at_a_month()

    @property
    def args(self):
        """What describes this list in an address."""
        said = {
            "kind": self.kind,
            "state": self.tab if self.tab != "waiting" else None,
            "month": f"{self.month:%Y-%m}" if self.month else None,
            "q": self.words or None,
            "size": self.size if self.size != SIZES[0] else None,
        }
        return {key: value for key, value in said.items() if value}

    @property
    def model(self):
        return PAPERS[self.kind]

    @property
    def tabs(self):
        return tabs_of(self.role, self.kind)

    @property
    def current(self):
        return next(tab for tab in self.tabs if tab.name == self.tab)

    def statement(self, keep=None):
        """The rows (Institution, paper or None) of this list, in order; `keep` is the number of a
        paper that stays among them even when it has been dealt with."""
        lies_here = criterion(self.tab, self.role, self.model, self.month)
        if keep is not None:
            lies_here = or_(lies_here, self.model.id == keep)
        return self.listed().where(lies_here, *self.named()).order_by(*self.order())

    @property
    def who(self):
        """The model that tells of whom a row is: an application does so itself."""
        return Application if self.model is Application else Institution

    def listed(self):
        if self.who is self.model:
            return select(literal(None), self.model).where(self.model.state != State.DRAFT)
        return select(Institution, self.model).join_from(
            Institution, self.model, self.own_paper(), isouter=self.counts_institutions
        )

    @property
    def counts_institutions(self):
        """Institutions without a paper are rows as well."""
        return self.kind == "archives" or self.month is not None

    def own_paper(self):
        """The institution's papers that reviewers see, and its first draft."""
        model, shown = self.model, [self.model.institution_id == Institution.id]
        shown.append(model.state != State.SUPERSEDED)
        shown.append(or_(model.state != State.DRAFT, model.version == 1))
        if self.month:
            shown.append(model.month == self.month)
        return and_(*shown)

    def named(self):
        """Criteria of the search box: a piece of the name, its initials, the end of the code."""
        code = self.who.unified_social_credit_code
        for word in self.words.split():
            yield or_(
                self.who.name.contains(word, autoescape=True),
                self.who.initials.contains(word.lower(), autoescape=True),
                code.endswith(word.upper(), autoescape=True),
                code.startswith(word.upper(), autoescape=True),
            )

    def order(self):
        """Waiting for me first, then by due date, then township by township."""
        if self.tab == "all":
            yield case((self.model.state.in_(waiting_at(self.role)), 0), else_=1)
        yield self.due_order().nulls_last()
        yield from (self.who.region_path, self.who.name, self.who.id, self.model.version)

    def due_order(self):
        due = MonthlyReport.month if self.kind == "reports" else self.model.submitted_at
        return due.asc() if self.tab in OLDEST_FIRST else due.desc()

    def page(self, number):
        """One page of (Institution, paper or None): this one, or the last where there are fewer."""
        asked = {"per_page": self.size, "select": self.with_all(), "session": db.session}
        found = Rows(page=min(max(number, 1), MOST_PAGES), error_out=False, **asked)
        return found if found.items or found.page == 1 else Rows(page=found.pages or 1, **asked)

    def first(self, most):
        """The first papers of the list."""
        return [paper for _, paper in db.session.execute(self.with_all().limit(most))]

    def with_all(self):
        return self.statement().options(*beside(self.model, joined=True))

    def neighbours(self, paper):
        """The numbers of the papers before and after this one in the list, None at its ends."""
        listed = self.statement(keep=paper.id).with_only_columns(
            self.model.id, maintain_column_froms=True
        )
        numbers = [number for number in db.session.scalars(listed) if number]
        here = numbers.index(paper.id) if paper.id in numbers else -1
        before = numbers[here - 1] if here > 0 else None
        return before, next(iter(numbers[here + 1 :]), None)


def opened_month(text):
    """The month written 2023-07; raises NotAcceptable unless it has begun to be reported."""
    period = period_of(month_from(text))
    if period is None or not period.is_open:
        raise NotAcceptable("这个月份还没有开始填报，请从列表中选择月份。")
    return period.month


class Rows(SelectPagination):
    """A page of rows of more than one thing."""

    def _query_items(self):
        chosen = self._query_args["select"].limit(self.per_page).offset(self._query_offset)
        return self._query_args["session"].execute(chosen).unique().all()

    def _query_count(self):
        return tallies([self._query_args["select"]])[0]


def tallies(statements):
    """How many rows each of these statements has, in one statement."""
    counts = [
        select(func.count())
        .select_from(
            s.with_only_columns(literal(1), maintain_column_froms=True).order_by(None).subquery()
        )
        .scalar_subquery()
        for s in statements
    ]
    return list(db.session.execute(select(*counts)).one())
