"""常见问题: answers worth telling everybody, made from questions that were asked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, String, func, literal, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts.models import Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.feedback.questions import KINDS, NotYours, Question
from tuoyu.feedback.remarks import LONGEST_TEXT, Signed
from tuoyu.institutions.models import Institution
from tuoyu.regions.importing import hang_along
from tuoyu.regions.models import Path
from tuoyu.scope import Scoped, below

LONGEST_QUESTION = 200
PUBLISHERS = (Role.COUNTY, Role.CITY, Role.PROVINCE)


@hang_along
class FrequentQuestion(Signed, Scoped, db.Model):
    """A question with its answer, for everybody below the office that published it."""

    __tablename__ = "frequent_questions"
    __table_args__ = (CheckConstraint(f"kind in ({', '.join(map(repr, KINDS))})", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    question: Mapped[str] = mapped_column(String(LONGEST_QUESTION))
    answer: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    region_path: Mapped[str] = mapped_column(Path(), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey(Question.id), index=True)
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def within(cls, scope):
        """What was published above oneself, and below."""
        if scope.institution_id:
            place = select(Institution.region_path).where(Institution.id == scope.institution_id)
            return func.starts_with(place.scalar_subquery(), cls.region_path)
        if scope.region_path:
            above = func.starts_with(literal(scope.region_path), cls.region_path)
            return or_(above, below(cls.region_path, scope.region_path))
        return literal(False)

    @property
    def kind_label(self):
        return KINDS[self.kind]

    def is_of(self, person):
        """The person's office published it."""
        return (self.by_role, self.region_path) == (person.role.value, person.region_path)

    def withdraw(self, by):
        """Take it off the list; raises NotYours for another office's."""
        if self.withdrawn_at or not self.is_of(by):
            raise NotYours
        self.withdrawn_at = now()


def publish(by, question_id, **words):
    """A new entry of the list, for the region of the person `by`."""
    entry = FrequentQuestion(region_path=by.region_path, question_id=question_id, **words)
    db.session.add(entry.sign(by))
    return entry


def published(kind="", words=""):
    """A select of the entries on the list, narrowed, the newest first."""
    shown = select(FrequentQuestion).where(FrequentQuestion.withdrawn_at.is_(None))
    if kind in KINDS:
        shown = shown.where(FrequentQuestion.kind == kind)
    for word in words.split():
        said = FrequentQuestion.question + FrequentQuestion.answer
        shown = shown.where(said.contains(word, autoescape=True))
    return shown.order_by(FrequentQuestion.published_at.desc(), FrequentQuestion.id.desc())
