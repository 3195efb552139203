"""The kinds of paper a desk holds. They travel by the same law, so the desk treats them alike."""

from datetime import timedelta

from flask import request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from tuoyu.applications.models import Application, find_application
from tuoyu.archives.models import ArchiveRevision
from tuoyu.clock import now
from tuoyu.dictionaries.lookup import number
from tuoyu.extensions import db
from tuoyu.reports.calendar import Period
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

PAPERS = {"archives": ArchiveRevision, "reports": MonthlyReport, "applications": Application}
NOUNS = {"archives": "机构档案", "reports": "月报", "applications": "申请"}


def find_paper(kind, paper_id):
    """The paper, if it was ever handed in and the person may see it; 404 otherwise."""
    if kind == "applications":
        return on_a_desk(find_application(paper_id, current_user))
    return on_a_desk(db.one_or_404(one(kind, paper_id)))


def take_from_desk(kind, paper_id):
    """The paper, held so that two reviewers cannot stamp it at once.

    Raises PaperChanged unless the form carries the edition the paper has now.
    """
    paper = hold_paper(kind, paper_id)
    paper.insist_unchanged(request.form.get("edition"))
    return paper


def hold_paper(kind, paper_id):
    """The paper as `find_paper` finds it, held until the end of the request."""
    if kind == "applications":
        return on_a_desk(find_application(paper_id, current_user, lock=True))
    return on_a_desk(db.one_or_404(one(kind, paper_id).with_for_update(of=PAPERS[kind])))


def one(kind, paper_id):
    model = PAPERS[kind]
    return select(model).where(model.id == paper_id).options(*beside(model))


def beside(model, joined=False):
    """What is read together with a paper; `joined` when the statement joins the institution."""
    if model is not Application:
        yield contains_eager(model.institution) if joined else joinedload(model.institution)
    if model is not ArchiveRevision:
        yield joinedload(model.period)


def on_a_desk(paper):
    """A draft is nobody's business but the institution's."""
    if paper.state == State.DRAFT:
        raise NotFound
    return paper


def past_township_due(model):
    """Criterion: the township had its time; the county may act for it."""
    if model is MonthlyReport:
        return model.month.in_(select(Period.month).where(Period.township_due < now()))
    return model.submitted_at < now() - timedelta(days=int(number("archive.township_days")))


def whose(paper):
    """What tells of whom the paper is: an application says so itself, because the county that is
    to receive an institution sees nothing else of it."""
    return paper if isinstance(paper, Application) else paper.institution


def kind_of(paper):
    """The kind by which addresses name it."""
    return next(kind for kind, model in PAPERS.items() if isinstance(paper, model))


def title_of(paper):
    """2023年6月月报, 机构档案 第2版, 终止服务申请."""
    if isinstance(paper, Application):
        return paper.title
    if isinstance(paper, MonthlyReport):
        return paper.title + (f"（更正第{paper.version}版）" if paper.version > 1 else "")
    return f"机构档案 第{paper.version}版"


def due_of(paper):
    """Until when the paper should leave where it lies; None where no date is set."""
    if isinstance(paper, MonthlyReport):
        dues = paper.period
        return {
            State.RETURNED: dues.fill_due,
            State.AT_TOWNSHIP: dues.township_due,
            State.AT_COUNTY: dues.county_due,
        }.get(paper.state)
    if isinstance(paper, Application) and paper.period and paper.state == State.AT_COUNTY:
        return paper.period.closes_at
    return paper.township_due if paper.state == State.AT_TOWNSHIP else None
