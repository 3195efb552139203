from flask import Blueprint
from flask_login import current_user

from tuoyu.accounts.models import Role
from tuoyu.review.answers import ask_why, show_desk, show_paper, tell
from tuoyu.review.forms import CAUSES, ReasonForm, ReturnForm
from tuoyu.review.papers import find_paper, hold_paper, take_from_desk
from tuoyu.web.guard import open_to

bp = Blueprint("review", __name__, url_prefix="/review/<any(archives, reports):kind>")


@bp.get("/")
@open_to(Role.TOWNSHIP, Role.COUNTY)
def desk(kind):
    """The list of papers; its address says which: state, month, q, size, page."""
    return show_desk(kind)


@bp.get("/<int:paper_id>")
@open_to(Role.TOWNSHIP, Role.COUNTY)
def paper(kind, paper_id):
    """One paper to review, with the way to the next one of the list it was opened from."""
    return show_paper(find_paper(kind, paper_id))


@bp.post("/<int:paper_id>/approval")
@open_to(Role.TOWNSHIP)
def approve(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.approve(by=current_user)
    return tell(paper, "已通过，转县级确认")


@bp.post("/<int:paper_id>/withdrawal-of-approval")
@open_to(Role.TOWNSHIP)
def take_back(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.take_back(by=current_user)
    return tell(paper, "已收回，请重新审核")


@bp.post("/<int:paper_id>/approval-for-township")
@open_to(Role.COUNTY)
def approve_for_township(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.approve_for_township(by=current_user)
    return tell(paper, "已代乡镇审核通过（记为县级代审）")


@bp.post("/<int:paper_id>/confirmation")
@open_to(Role.COUNTY)
def confirm(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.confirm(by=current_user)
    return tell(paper, "已确认")


@bp.get("/<int:paper_id>/return")
@open_to(Role.TOWNSHIP, Role.COUNTY)
def return_form(kind, paper_id):
    paper = find_paper(kind, paper_id)
    form = ReturnForm(kind, paper.sheet, data={"edition": paper.edition})
    return ask_why("send_back", paper, form)


@bp.post("/<int:paper_id>/return")
@open_to(Role.TOWNSHIP, Role.COUNTY)
def send_back(kind, paper_id):
    paper = hold_paper(kind, paper_id)
    form = ReturnForm(kind, paper.sheet)
    if status := form.refused(paper):
        return ask_why("send_back", paper, form), status
    paper.send_back(current_user, form.words, form.marked)
    return tell(paper, "已退回机构")


@bp.get("/<int:paper_id>/township-return")
@open_to(Role.COUNTY)
def township_return_form(kind, paper_id):
    paper = find_paper(kind, paper_id)
    form = ReasonForm(CAUSES["township"], data={"edition": paper.edition})
    return ask_why("send_to_township", paper, form)


@bp.post("/<int:paper_id>/township-return")
@open_to(Role.COUNTY)
def send_to_township(kind, paper_id):
    paper = hold_paper(kind, paper_id)
    form = ReasonForm(CAUSES["township"])
    if status := form.refused(paper):
        return ask_why("send_to_township", paper, form), status
    paper.send_to_township(current_user, form.words)
    return tell(paper, "已退回乡镇")
