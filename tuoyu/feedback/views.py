from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tuoyu.accounts.models import LEVEL_OF, OFFICERS, Role
from tuoyu.extensions import db
from tuoyu.feedback.forms import AskForm, FrequentForm, SayForm
from tuoyu.feedback.frequent import (
    LONGEST_QUESTION,
    PUBLISHERS,
    FrequentQuestion,
    publish,
    published,
)
from tuoyu.feedback.lists import EMPTY, LABELS, counts, list_asked_for, questions_in
from tuoyu.feedback.questions import (
    KINDS,
    NotYours,
    Question,
    find_question,
    may_ask,
)
from tuoyu.indicators.normal import plain
from tuoyu.web.guard import called, open_to
from tuoyu.web.lists import one_page
from tuoyu.web.pages import page

bp = Blueprint("feedback", __name__, url_prefix="/feedback")
EVERYBODY = tuple(LEVEL_OF)
ASKERS = tuple(role for role in EVERYBODY if role != Role.PROVINCE)
A_PAGE = 20


@bp.get("/")
@open_to(*EVERYBODY)
def index():
    """The questions: those to answer, one's own, all below."""
    name = list_asked_for(current_user, request.args.get("list", ""))
    found = one_page(questions_in(name, current_user), A_PAGE)
    return page(
        "feedback/list.html",
        name=name,
        found=found,
        counts=counts(current_user),
        labels=LABELS,
        empty=EMPTY[name],
        may_ask=may_ask(current_user),
    )


@bp.get("/new")
@open_to(*ASKERS)
def new():
    return page(
        "feedback/ask.html",
        form=AskForm(formdata=None, data={"about": plain(request.args.get("about", ""))}),
    )


@bp.post("/")
@open_to(*ASKERS)
def ask():
    form = AskForm()
    if not form.validate():
        return page("feedback/ask.html", form=form), 422
    question = Question.asked(current_user, **form.words)
    db.session.add(question)
    db.session.flush()
    flash(f"已提交，由{question.holder}答复。")
    return redirect(url_for(".show", question_id=question.id))


@bp.get("/<int:question_id>")
@open_to(*EVERYBODY)
def show(question_id):
    return show_page(find_question(question_id), SayForm(formdata=None))


def show_page(question, form):
    form.call("答复" if question.waits_for(current_user) else "追问、补充")
    return page(
        "feedback/show.html",
        question=question,
        form=form,
        is_mine=question.is_of(current_user),
        waits_for_me=question.waits_for(current_user),
        may_go_up=question.may_go_up(current_user),
        may_publish=current_user.role in PUBLISHERS and question.status != "waiting",
    )


@bp.get("/<int:question_id>/picture.jpg")
@open_to(*EVERYBODY)
def picture(question_id):
    wanted = select(Question).where(Question.id == question_id, Question.has_picture)
    found = db.one_or_404(wanted.options(undefer(Question.picture)))
    headers = {"Cache-Control": "private, no-cache"}
    return Response(found.picture, mimetype="image/jpeg", headers=headers)


@bp.post("/<int:question_id>/answer")
@open_to(*OFFICERS)
def answer(question_id):
    return say(question_id, Question.answer, "已答复。")


@bp.post("/<int:question_id>/passing-up")
@open_to(*OFFICERS)
def pass_up(question_id):
    return say(question_id, Question.pass_up, "已转上级答复。")


@bp.post("/<int:question_id>/follow-up")
@open_to(*ASKERS)
def ask_again(question_id):
    return say(question_id, Question.ask_again, "已追问，请等待答复。")


def say(question_id, verb, said):
    """`verb` with what was typed; without words the page comes back."""
    question, form = find_question(question_id, to_change=True), SayForm()
    if not form.validate():
        return show_page(question, form), 422
    verb(question, current_user, form.body.data)
    flash(said)
    return redirect(url_for(".show", question_id=question.id))


@bp.post("/<int:question_id>/closing")
@open_to(*ASKERS)
@called("关闭问题")
def close(question_id):
    find_question(question_id, to_change=True).close(current_user)
    flash("已关闭。")
    return redirect(url_for(".index"))


@bp.get("/faq")
@open_to(*EVERYBODY)
def frequent():
    """常见问题, to be searched."""
    kind, words = request.args.get("kind", ""), plain(request.args.get("q", ""))[:50]
    found = one_page(published(kind, words), A_PAGE)
    return page("feedback/frequent.html", found=found, kind=kind, words=words, kinds=KINDS)


@bp.get("/<int:question_id>/faq")
@open_to(*PUBLISHERS)
def publication(question_id):
    """The question and its last answer, to be made fit for everybody."""
    question = find_question(question_id)
    answers = [remark.body for remark in question.remarks if remark.act == "answer"]
    if not answers:
        raise NotYours
    known = {
        "question_id": question.id,
        "kind": question.kind,
        "question": f"{question.title}：{question.body}"[:LONGEST_QUESTION],
        "answer": answers[-1],
    }
    return page("feedback/publish.html", form=FrequentForm(formdata=None, data=known))


@bp.post("/faq")
@open_to(*PUBLISHERS)
def publish_one():
    form = FrequentForm()
    if not form.validate():
        return page("feedback/publish.html", form=form), 422
    question = find_question(form.question_id.data) if form.question_id.data else None
    words = {key: form[key].data for key in ("kind", "question", "answer")}
    publish(current_user, question and question.id, **words)
    flash("已设为常见问题，本辖区的机构和单位都能看到。")
    return redirect(url_for(".frequent"))


@bp.post("/faq/<int:entry_id>/withdrawal")
@open_to(*PUBLISHERS)
@called("撤下常见问题")
def withdraw(entry_id):
    wanted = select(FrequentQuestion).where(FrequentQuestion.id == entry_id)
    db.one_or_404(wanted.with_for_update()).withdraw(current_user)
    flash("已从常见问题中撤下。")
    return redirect(url_for(".frequent"))
