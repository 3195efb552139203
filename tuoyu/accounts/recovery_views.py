"""A forgotten password: nobody is signed in."""

from flask import flash, redirect, request, url_for

from tuoyu import mail
from tuoyu.accounts import links, mailbox, recovery
from tuoyu.accounts.account_forms import ForgottenForm, NewPasswordForm
from tuoyu.accounts.doors import bp
from tuoyu.accounts.helpline import counties, office_in
from tuoyu.accounts.registration import one_at_a_time
from tuoyu.accounts.throttle import throttled
from tuoyu.refusal import Refusal
from tuoyu.web.guard import called, public
from tuoyu.web.pages import page

FORGOTTEN = "accounts/forgotten.html"
CHOOSE = "accounts/new_password.html"
NO_LETTERS = "本系统未开通邮件，不能自助找回密码，请联系所属县（市、区）卫生健康部门。"


@bp.errorhandler(links.DeadLink)
def tell_of_a_dead_link(refusal):
    return page("accounts/dead_link.html", reason=str(refusal)), refusal.status


def unseen(answer):
    """The answer under an address with a key in it: kept by nobody, told to nobody. The origin
    alone is told: over HTTPS no form is taken that does not say where it comes from."""
    return answer, {"Cache-Control": "no-store", "Referrer-Policy": "strict-origin"}


@bp.get("/password/forgotten")
@public
def forgotten():
    """The form when letters can be sent; in any case whom to call."""
    return help_page(ForgottenForm(formdata=None))


def help_page(form):
    offered = counties()
    office = office_in(offered, request.args.get("county"))
    return page(FORGOTTEN, form=form, counties=offered, office=office, has_mail=mail.is_set_up())


@bp.post("/password/forgotten")
@public
@throttled("RECOVERIES_PER_ADDRESS")
def recover():
    if not mail.is_set_up():
        raise Refusal(NO_LETTERS)
    form = ForgottenForm()
    if not form.validate():
        return help_page(form), 422
    recovery.ask(form.username.data, form.contact.data)
    return redirect(url_for(".sent"))


@bp.get("/password/sent")
@public
def sent():
    """The same for everybody: whether a letter went out is told by the mailbox alone."""
    return page("accounts/sent.html")


@bp.get("/password/new")
@public
def new_password():
    """Where the link leads. Looking does not use it up: mail servers look, too."""
    key = request.args.get("k", "")
    link = links.look_up(key, links.Purpose.PASSWORD)
    form = NewPasswordForm(link.user, formdata=None, data={"k": key})
    return unseen(page(CHOOSE, form=form, user=link.user))


@bp.post("/password/new")
@public
@called("设置新密码")
@throttled("RECOVERIES_PER_ADDRESS")
def choose_password():
    link = links.look_up(request.form.get("k", ""), links.Purpose.PASSWORD)
    form = NewPasswordForm(link.user)
    if not form.validate():
        return page(CHOOSE, form=form, user=link.user), 422
    recovery.choose(link, form.password.data)
    flash("新密码已设置，请用新密码登录。")
    return redirect(url_for(".login"))


@bp.get("/account/email/new")
@public
def new_mailbox():
    key = request.args.get("k", "")
    link = links.look_up(key, links.Purpose.EMAIL)
    return unseen(page("accounts/new_mailbox.html", link=link, k=key))


@bp.post("/account/email/new")
@public
@called("确认更换邮箱")
@throttled("RECOVERIES_PER_ADDRESS")
def confirm_mailbox():
    one_at_a_time()
    mailbox.confirm(links.look_up(request.form.get("k", ""), links.Purpose.EMAIL))
    flash("邮箱已确认更换。")
    return redirect(url_for(".mine"))
