"""The accounts of one institution: its main account, its operators, who handed over to whom."""

from flask import flash, redirect, url_for
from flask_login import current_user

from tuoyu.accounts import handover as handing
from tuoyu.accounts import operators
from tuoyu.accounts.account_forms import HandoverForm, OperatorForm
from tuoyu.accounts.doors import bp
from tuoyu.accounts.models import MOST_OPERATORS, Role, User
from tuoyu.accounts.people import main_account
from tuoyu.accounts.recovery_views import unseen
from tuoyu.accounts.registration import one_at_a_time
from tuoyu.accounts.showing import shown_once
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import page
from tuoyu.web.printing import as_pdf

NEW, HANDOVER = "accounts/new_operator.html", "accounts/handover.html"


@bp.get("/account/operators", endpoint="operators")
@open_to(Role.INSTITUTION)
def operators_page():
    own = current_user.institution
    beside = db.session.scalars(operators.operators_of(own)).all()
    return page(
        "accounts/operators.html",
        main=main_account(own),
        operators=beside,
        room=MOST_OPERATORS - sum(one.active for one in beside),
        handovers=db.session.scalars(handing.handovers_of(own)).all(),
    )


@bp.get("/account/operators/new")
@open_to(Role.INSTITUTION)
def new_operator():
    insist_leads()
    return page(NEW, form=OperatorForm(formdata=None))


@bp.post("/account/operators/new")
@open_to(Role.INSTITUTION)
def add_operator():
    one_at_a_time()
    form = OperatorForm()
    if not form.validate():
        return page(NEW, form=form), 422
    typed = form.display_name.data, form.username.data, form.mobile.data
    user, token = operators.invite(current_user, *typed)
    return unseen(shown_once(user, token, "24小时", url_for(".operators")))


@bp.post("/account/operators/<int:user_id>/link")
@open_to(Role.INSTITUTION)
@called("重新发放操作员的链接")
def renew_operator(user_id):
    user = operator_with(user_id)
    token = operators.invite_again(current_user, user)
    return unseen(shown_once(user, token, "24小时", url_for(".operators")))


@bp.post("/account/operators/<int:user_id>/disabling")
@open_to(Role.INSTITUTION)
@called("停用操作员")
def disable_operator(user_id):
    user = operator_with(user_id)
    operators.disable(current_user, user)
    flash(f"{user.display_name}的账号已停用。")
    return redirect(url_for(".operators"))


@bp.post("/account/operators/<int:user_id>/enabling")
@open_to(Role.INSTITUTION)
@called("恢复操作员")
def enable_operator(user_id):
    user = operator_with(user_id)
    operators.enable(current_user, user)
    flash(f"{user.display_name}的账号已恢复。")
    return redirect(url_for(".operators"))


@bp.get("/account/handover", endpoint="handover")
@open_to(Role.INSTITUTION)
def handover_form():
    insist_leads()
    return page(HANDOVER, form=handover_form_of(formdata=None))


@bp.post("/account/handover")
@open_to(Role.INSTITUTION)
def hand_over():
    form = handover_form_of()
    if not form.validate():
        return page(HANDOVER, form=form), 422
    operator = operator_with(form.operator.data)
    handing.hand_over(current_user, operator, form.reason.data, form.leaves.data)
    flash(f"主账号已交给{operator.display_name}。")
    return redirect(url_for(".login" if form.leaves.data else ".operators"))


@bp.get("/account/handovers.pdf")
@open_to(Role.INSTITUTION)
def handovers_pdf():
    own = current_user.institution
    done = db.session.scalars(handing.handovers_of(own)).all()
    name = f"{own.name}主账号交接记录.pdf"
    return as_pdf("accounts/handovers.html", name, institution=own, handovers=done, day=today())


def operator_with(user_id):
    """An operator of the own institution; 404 for anybody else."""
    beside = operators.operators_of(current_user.institution).order_by(None)
    return db.one_or_404(beside.where(User.id == user_id))


def insist_leads():
    if not current_user.is_main:
        raise operators.NotLeading


def handover_form_of(**options):
    """The form, with the operators who may take over."""
    beside = operators.operators_of(current_user.institution)
    able = db.session.scalars(beside.where(User.active, User.must_change.is_(False))).all()
    form = HandoverForm(**options)
    form.operator.choices = [(one.id, f"{one.display_name}（{one.username}）") for one in able]
    return form
