from flask import Blueprint, abort, request
from flask_login import current_user

from tuoyu.accounts.models import Role
from tuoyu.review.answers import ask_why, show_desk, show_paper, tell
from tuoyu.review.forms import CAUSES, ReasonForm
from tuoyu.review.forms import return_form as form_of_return
from tuoyu.review.papers import find_paper, hold_paper, take_from_desk
from tuoyu.review.tabs import tabs_of
from tuoyu.web.guard import called, open_to

bp = Blueprint("review", __name__, url_prefix="/review/<any(archives, reports, applications):kind>")
REVIEWERS = (Role.TOWNSHIP, Role.COUNTY, Role.PROVINCE)


@bp.before_request
def keep_to_the_own_desks():
    """The province decides on applications, and reviews nothing else."""
    if not tabs_of(current_user.role, request.view_args["kind"]):
        abort(403)


@bp.get("/")
@open_to(*REVIEWERS)
def desk(kind):
    """The list of papers; its address says which: state, month, q, size, page."""
    return show_desk(kind)


@bp.get("/<int:paper_id>")
@open_to(*REVIEWERS)
def paper(kind, paper_id):
    """One paper to review, with the way to the next one of the list it was opened from."""
    return show_paper(find_paper(kind, paper_id))


@bp.post("/<int:paper_id>/approval")
@open_to(Role.TOWNSHIP)
@called("审核通过")
def approve(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.approve(by=current_user)
    return tell(paper, "已通过，转县级确认")


@bp.post("/<int:paper_id>/withdrawal-of-approval")
@open_to(Role.TOWNSHIP)
@called("收回重审")
def take_back(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.take_back(by=current_user)
    return tell(paper, "已收回，请重新审核")


@bp.post("/<int:paper_id>/approval-for-township")
@open_to(Role.COUNTY)
@called("代乡镇审核通过")
def approve_for_township(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.approve_for_township(by=current_user)
    return tell(paper, "已代乡镇审核通过（记为县级代审）")


@bp.post("/<int:paper_id>/confirmation")
@open_to(*REVIEWERS)
@called("确认")
def confirm(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    step = paper.confirm(by=current_user)
    return tell(paper, f"已{step.label}")


@bp.post("/<int:paper_id>/release")
@open_to(Role.COUNTY)
@called("同意迁出")
def release(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.release(by=current_user)
    return tell(paper, "已同意迁出，转迁入地接收")


@bp.post("/<int:paper_id>/acceptance")
@open_to(Role.COUNTY)
@called("接收迁入")
def receive(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.receive(by=current_user)
    return tell(paper, "已接收")


@bp.post("/<int:paper_id>/forwarding")
@open_to(Role.COUNTY)
@called("同意并报省级批准")
def pass_up(kind, paper_id):
    paper = take_from_desk(kind, paper_id)
    paper.pass_up(by=current_user)
    return tell(paper, "已同意并报省级批准")


@bp.get("/<int:paper_id>/return")
@open_to(*REVIEWERS)
def return_form(kind, paper_id):
    paper = find_paper(kind, paper_id)
    form = form_of_return(kind, paper, data={"edition": paper.edition})
    return ask_why("send_back", paper, form)


@bp.post("/<int:paper_id>/return")
@open_to(*REVIEWERS)
def send_back(kind, paper_id):
    paper = hold_paper(kind, paper_id)
    form = form_of_return(kind, paper)
    if status := form.refused(paper):
        return ask_why("send_back", paper, form), status
    paper.send_back(current_user, form.words, form.marked)
    back_to = "机构" if paper.asked_by == Role.INSTITUTION else "申请人"
    return tell(paper, f"已退回{back_to}")


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
