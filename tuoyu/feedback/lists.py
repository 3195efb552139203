"""The lists of questions: which there are, and how many wait for an answer."""

from sqlalchemy import and_, func, select

from tuoyu.accounts.models import Role
from tuoyu.extensions import db
from tuoyu.feedback.questions import Question, Status
from tuoyu.refusal import NotAcceptable

LABELS = {"waiting": "待我答复", "mine": "我提出的", "all": "本辖区全部"}
EMPTY = {
    "waiting": "没有等待您答复的问题。",
    "mine": "还没有提出过问题。",
    "all": "本辖区还没有人提出问题。",
}


def lists_of(person):
    """The names of the lists this person has."""
    if person.role == Role.INSTITUTION:
        return ("mine",)
    return ("waiting", "all") if person.role == Role.PROVINCE else ("waiting", "mine", "all")


def list_asked_for(person, name):
    """The name of the list; raises NotAcceptable for one the person has not."""
    names = lists_of(person)
    if (name or names[0]) not in names:
        raise NotAcceptable("没有这个列表，请从页面上的标签进入。")
    return name or names[0]


def questions_in(name, person):
    """A select of the questions of one list, those waiting longest first."""
    of = {
        "waiting": and_(Question.held_by == person.role, Question.status == Status.WAITING),
        "mine": asked_by(person),
        "all": Question.id.is_not(None),
    }
    oldest_first = Question.waiting_since if name == "waiting" else Question.id.desc()
    return select(Question).where(of[name]).order_by(oldest_first, Question.id)


def asked_by(person):
    if person.role == Role.INSTITUTION:
        return Question.institution_id == person.institution_id
    own_office = Question.by_role == person.role, Question.region_path == person.region_path
    return and_(Question.institution_id.is_(None), *own_office)


def to_do(person):
    """A select of what waits for this person: questions to answer, for a director answers to read."""
    if person.role == Role.INSTITUTION:
        return questions_in("mine", person).where(Question.status == Status.ANSWERED)
    return questions_in("waiting", person)


def counts(person):
    """{list: how many} in one statement."""
    names = lists_of(person)
    sizes = [
        select(func.count())
        .select_from(questions_in(name, person).order_by(None).subquery())
        .scalar_subquery()
        for name in names
    ]
    return dict(zip(names, db.session.execute(select(*sizes)).one(), strict=True))
