"""What is said to a question, and by whom."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tuoyu.accounts.models import ROLE_LABELS, Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.scope import Scoped

LONGEST_TEXT = 2000


class Signed:
    """Who said it: names are kept as they were then."""

    by_name: Mapped[str] = mapped_column(String(50))
    by_office: Mapped[str] = mapped_column(String(200))
    by_role: Mapped[str] = mapped_column(String(12))

    def sign(self, person):
        self.by_id = person.id
        self.by_name, self.by_office = person.display_name, person.office
        self.by_role = person.role.value
        return self

    @property
    def role_label(self):
        return ROLE_LABELS[Role(self.by_role)]


class Remark(Signed, Scoped, db.Model):
    """One thing said or done to a question; never changed."""

    __tablename__ = "question_remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), index=True)
    act: Mapped[str] = mapped_column(String(12))
    body: Mapped[str] = mapped_column(String(LONGEST_TEXT), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    question: Mapped["Question"] = relationship(back_populates="remarks")  # noqa: F821

    @classmethod
    def within(cls, scope):
        question = cls.question.property.mapper.class_
        return cls.question_id.in_(select(question.id).where(question.within(scope)))

    @property
    def label(self):
        return {"answer": "答复", "pass_up": "转上级", "ask_again": "追问", "close": "关闭"}[
            self.act
        ]
