"""我的账号: what somebody may see and change about the own account (Manual 5.1)."""

from flask import flash, redirect, url_for
from flask_login import current_user

from tuoyu import mail
from tuoyu.accounts import details, mailbox, visits
from tuoyu.accounts.account_forms import ChangePasswordForm, DetailsForm, MailboxForm
from tuoyu.accounts.doors import bp
from tuoyu.accounts.events import Event, latest, note
from tuoyu.accounts.history import change_password as give_password
from tuoyu.accounts.models import Role
from tuoyu.accounts.registration import one_at_a_time
from tuoyu.accounts.throttle import throttled
from tuoyu.web.guard import before_all_else, called, open_to
from tuoyu.web.pages import page

DETAILS, MAILBOX, PASSWORD = (
    f"accounts/{name}.html" for name in ("details", "mailbox", "password")
)
LETTER_SENT = "确认邮件已寄到新邮箱，请在30分钟内打开邮件中的链接。确认以前，原来的邮箱继续有效。"
UNPROVEN = "邮箱已更换。本系统未开通邮件，新邮箱标为“未验证”。"


@bp.get("/account")
@open_to(*Role)
def mine():
    return page("accounts/mine.html", user=current_user, events=latest(current_user))


@bp.get("/account/details", endpoint="details")
@open_to(*Role)
def details_form():
    return page(DETAILS, form=DetailsForm(current_user, formdata=None))


@bp.post("/account/details")
@open_to(*Role)
def save_details():
    one_at_a_time()
    form = DetailsForm(current_user)
    if not form.validate():
        return page(DETAILS, form=form), 422
    details.rename(current_user, form.display_name.data)
    details.change_mobile(current_user, form.mobile.data)
    flash("已保存。")
    return redirect(url_for(".mine"))


@bp.get("/account/email", endpoint="mailbox")
@open_to(*Role)
def mailbox_form():
    form = MailboxForm(current_user, formdata=None)
    return page(MAILBOX, form=form, has_mail=mail.is_set_up())


@bp.post("/account/email")
@open_to(*Role)
@throttled("RECOVERIES_PER_ADDRESS")
def change_mailbox():
    one_at_a_time()
    form = MailboxForm(current_user)
    if not form.validate():
        return page(MAILBOX, form=form, has_mail=mail.is_set_up()), 422
    goes = mailbox.wish_for(current_user, form.email.data)
    flash(LETTER_SENT if goes else UNPROVEN)
    return redirect(url_for(".mine"))


@bp.get("/account/password")
@open_to(*Role)
@before_all_else
def password():
    return page(PASSWORD, form=ChangePasswordForm(current_user, formdata=None))


@bp.post("/account/password")
@open_to(*Role)
@called("修改密码")
@before_all_else
def change_password():
    """Every session of the account ends; this person goes on in a new one."""
    form = ChangePasswordForm(current_user)
    if not form.validate():
        return page(PASSWORD, form=form), 422
    user = current_user._get_current_object()
    give_password(user, form.password.data)
    note(Event.PASSWORD, user)
    visits.begin(user)
    flash("密码已修改。在其他电脑、手机上登录的，须用新密码重新登录。")
    return redirect(url_for(".mine"))
