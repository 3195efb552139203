"""问题反馈: difficulties and suggestions go to the office above (闽卫人口函〔2023〕1310号 五（四）)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Enum, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from tuoyu.accounts.models import LEVEL_OF, ROLE_LABELS, Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.feedback.offices import office_above
from tuoyu.feedback.remarks import LONGEST_TEXT, Remark, Signed
from tuoyu.institutions.models import Institution
from tuoyu.refusal import Refusal
from tuoyu.regions.importing import hang_along
from tuoyu.regions.models import Path
from tuoyu.scope import Scoped, by_path

KINDS = {"operation": "操作", "definition": "口径", "data": "数据", "suggestion": "建议"}
LONGEST_TITLE, LONGEST_ADDRESS = 60, 200


class Status(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


STATUS_LABELS = {
    Status.WAITING: ("待答复", "blue"),
    Status.ANSWERED: ("已答复", "green"),
    Status.CLOSED: ("已关闭", "grey"),
}


class NotYours(Refusal):
    message = "这个问题的状态已经变化，或当前不由您处理，请刷新后查看。"


@hang_along
class Question(Signed, Scoped, db.Model):
    """One question and what was said to it. It waits for the officers of the role `held_by`
    above the place of whoever asked."""

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint(f"kind in ({', '.join(map(repr, KINDS))})", name="kind"),
        CheckConstraint("(status = 'closed') = (closed_at is not null)", name="closed_at_a_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    body: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    about: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")  # the page it is about
    picture: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    has_picture: Mapped[bool] = mapped_column(default=False)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey(Institution.id), index=True)
    region_path: Mapped[str] = mapped_column(Path(), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    held_by: Mapped[str] = mapped_column(String(12), index=True)
    status: Mapped[Status] = mapped_column(
        Enum(Status, native_enum=False, length=12, values_callable=lambda e: [s.value for s in e]),
        default=Status.WAITING,
        index=True,
    )
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    waiting_since: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    remarks: Mapped[list[Remark]] = relationship(order_by=Remark.id, back_populates="question")

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.institution_id, scope)

    @classmethod
    def asked(cls, by, **words):
        """A question of the person `by`, put to the office above; not yet saved."""
        question = cls(
            institution_id=by.institution_id,
            region_path=by.region_path,
            held_by=office_above(by.role, by.region_path),
            **words,
        )
        return question.sign(by)

    @property
    def kind_label(self):
        return KINDS[self.kind]

    @property
    def state(self):
        """(word, tone) of where it stands."""
        return STATUS_LABELS[self.status]

    @property
    def holder(self):
        """The role label of those it waits for: 县级复核员."""
        return ROLE_LABELS[Role(self.held_by)]

    @property
    def days_waiting(self):
        return max(0, (now() - self.waiting_since).days) if self.status == Status.WAITING else 0

    def is_of(self, person):
        """The person, or somebody of the same institution or office, asked it."""
        if person.role == Role.INSTITUTION:
            return self.institution_id == person.institution_id
        own_office = (self.by_role, self.region_path) == (person.role.value, person.region_path)
        return self.institution_id is None and own_office

    def waits_for(self, person):
        return self.status != Status.CLOSED and self.held_by == person.role.value

    def may_go_up(self, person):
        """Whether there is still somebody above this holder."""
        is_last = self.held_by == Role.PROVINCE.value
        return self.status == Status.WAITING and self.waits_for(person) and not is_last

    def answer(self, by, body):
        """Raises NotYours unless it lies with the person's office."""
        if not self.waits_for(by):
            raise NotYours
        self.status = Status.ANSWERED
        self.say(by, "answer", body)

    def pass_up(self, by, body):
        """转上级: the office above answers instead."""
        if not self.may_go_up(by):
            raise NotYours
        self.held_by = office_above(Role(self.held_by), self.region_path)
        self.waiting_since = now()
        self.say(by, "pass_up", body)

    def ask_again(self, by, body):
        """追问: whoever holds it has to answer once more."""
        if self.status == Status.CLOSED or not self.is_of(by):
            raise NotYours
        self.status, self.waiting_since = Status.WAITING, now()
        self.say(by, "ask_again", body)

    def close(self, by):
        """Whoever asked is content."""
        if self.status == Status.CLOSED or not self.is_of(by):
            raise NotYours
        self.status, self.closed_at = Status.CLOSED, now()
        self.say(by, "close", "")

    def say(self, by, act, body):
        self.remarks.append(Remark(act=act, body=body).sign(by))


def may_ask(person):
    """Everybody but those above whom there is nobody."""
    return person.role in LEVEL_OF and person.role != Role.PROVINCE


def find_question(question_id, to_change=False):
    """The question, if the person may see it; 404 otherwise."""
    found = select(Question).where(Question.id == question_id)
    return db.one_or_404(found.with_for_update() if to_change else found)
