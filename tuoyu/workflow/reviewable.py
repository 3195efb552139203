from datetime import datetime

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tuoyu.accounts.models import Role
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.indicators.normal import plain
from tuoyu.refusal import Refusal
from tuoyu.workflow.facts import Facts
from tuoyu.workflow.history import Step, states
from tuoyu.workflow.receipts import Receipted, issue
from tuoyu.workflow.states import (
    EDITABLE,
    LABELS,
    ReasonMissing,
    State,
    automatic,
    find_move,
    moves_open_to,
)


class PaperChanged(Refusal):
    """Somebody else was faster."""

    message = "这份材料的状态已变化（他人刚刚处理过），本次操作没有生效，请刷新后查看。"


class NotEditable(Refusal):
    message = "这份材料已提交审核或已确认，不能修改。需要修改时，请先撤回或等待退回。"


class Reviewable(Receipted):
    """A paper that travels from the institution to the township to the county, and back.

    A model adds `step_key` (its column in Step), `version` (1, 2, … of the same paper), and may
    override `insist_submittable`, `former`, `township_due` and `came_into_force`.
    """

    step_key = None
    township_due = None

    # What the law asks of an application; a paper of figures is made by the institution, reviewed
    # by its township, and ends with its county.
    asked_by = Role.INSTITUTION
    is_request = False
    is_light = False
    skips_township = False
    leaves_county = False
    province_decides = False

    state: Mapped[State] = mapped_column(states(), default=State.DRAFT, index=True)
    version: Mapped[int] = mapped_column(default=1)
    edition: Mapped[int] = mapped_column(default=1)  # grows with every change: optimistic lock
    first_submitted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    submitted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @declared_attr.directive
    def __mapper_args__(cls):
        return {"version_id_col": cls.edition}

    @declared_attr
    def steps(cls) -> Mapped[list[Step]]:
        return relationship(Step, order_by=Step.id, foreign_keys=getattr(Step, cls.step_key))

    @property
    def facts(self):
        return Facts(self)

    @property
    def state_label(self):
        return LABELS[self.state]

    @property
    def is_editable(self):
        return self.state in EDITABLE

    def open_moves(self, user):
        """The stamps this person may use now."""
        return moves_open_to(self.part_of(user), self.state, self.facts)

    def part_of(self, user):
        """As whom the law lets this person act on the paper: a Role, RECEIVING, or None."""
        return user.role

    def insist_editable(self):
        """Raise NotEditable unless the paper lies with the institution."""
        if not self.is_editable:
            raise NotEditable

    def insist_unchanged(self, seen):
        """Raise PaperChanged when the paper is no longer the edition that was shown."""
        if str(seen) != str(self.edition):
            raise PaperChanged

    def words(self):
        """What it says, {key: words}: kept with a return, to tell later what was mended."""
        return {}

    def besides(self):
        """What it says besides its figures, in the same way."""
        return {}

    def submit(self, by):
        """Hand in, and get a receipt: every hard check holds, every soft one is explained; raises
        Refusal."""
        move = find_move("submit", self.part_of(by), self.state, self.facts)
        self.insist_submittable()
        self.submitted_at = now()
        self.first_submitted_at = self.first_submitted_at or self.submitted_at
        step = self._take(move, by)
        issue(self, step)
        return step

    def withdraw(self, by):
        return self._move("withdraw", by)

    def approve(self, by):
        return self._move("approve", by)

    def approve_for_township(self, by):
        return self._move("approve_for_township", by)

    def take_back(self, by):
        return self._move("take_back", by)

    def send_back(self, by, reason, marked=None):
        """Return to the institution; `marked` maps field names to what is wrong there."""
        return self._move("send_back", by, reason, marked)

    def send_to_township(self, by, reason):
        return self._move("send_to_township", by, reason)

    def confirm(self, by):
        """Bring into force; the former version is superseded in the same breath."""
        return self._bring_into_force("confirm", by)

    def release(self, by):
        """Let the institution go to another county, which decides."""
        return self._move("release", by)

    def receive(self, by):
        """Take in the institution that another county has let go."""
        return self._bring_into_force("receive", by)

    def pass_up(self, by):
        """Agree, and leave the decision to the province."""
        return self._move("pass_up", by)

    def drop(self, by):
        """Give up what came back or was withdrawn."""
        return self._move("drop", by)

    def _bring_into_force(self, name, by):
        move = find_move(name, self.part_of(by), self.state, self.facts)
        if former := self.former():
            former._make_room(by)
        self.confirmed_at = now()
        step = self._take(move, by)
        self.came_into_force(by)
        return step

    def take_over(self, former, by):
        """Be in force from the first moment, instead of `former`, which says the same and was
        reviewed."""
        former._make_room(by)
        self.first_submitted_at, self.submitted_at = former.first_submitted_at, former.submitted_at
        self.confirmed_at = now()
        return self._take(automatic("resettle"), by)

    def _make_room(self, by):
        self._take(automatic("supersede"), by)
        db.session.flush()  # the database allows one version in force at a time

    def insist_submittable(self):
        """Raise NotAcceptable while the paper has faults."""

    def former(self):
        """The version that is in force until this one is, if any."""

    def came_into_force(self, by):
        """What else confirmation means for this kind of paper."""

    def _move(self, name, by, reason="", marked=None):
        return self._take(
            find_move(name, self.part_of(by), self.state, self.facts), by, reason, marked
        )

    def _take(self, move, by, reason="", marked=None):
        reason = plain(reason)
        if move.needs_reason and not reason:
            raise ReasonMissing
        self.state = move.target
        step = Step.taken(self, move, by, reason, marked or {})
        self.steps.append(step)
        return step
