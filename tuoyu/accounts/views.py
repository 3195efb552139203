from flask import flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts import (  # noqa: F401
    account_views,
    branch_views,
    operator_views,
    people_views,
    privacy,
    recovery_views,
    resettling,
    visits,
)
from tuoyu.accounts.doors import bp
from tuoyu.accounts.forms import LoginForm, RegistrationForm
from tuoyu.accounts.letters import our_address
from tuoyu.accounts.registration import one_at_a_time, register
from tuoyu.accounts.showing import drawing_of
from tuoyu.accounts.throttle import throttled
from tuoyu.web.guard import called, public
from tuoyu.web.pages import page

LOGIN = "accounts/login.html"
REGISTER = "accounts/register.html"
WELCOME = "注册成功。请接着填写机构档案，完成后提交审核。"


@bp.get("/register")
@public
def registration():
    """The form for a new institution; the way to it leads over the choice of the village."""
    if not request.args.get("region_code"):
        return redirect(url_for("regions.choose", next=url_for(".registration")))
    form = RegistrationForm(formdata=None, data={"region_code": request.args["region_code"]})
    form.region_code.validate(form)
    return page(REGISTER, form=form)


@bp.get("/register/alike")
@public
def alike():
    """The institutions nearby whose names are like the one typed, before the form is sent."""
    form = RegistrationForm(formdata=request.args)
    form.region_code.validate(form)
    return page(REGISTER, form=form)


@bp.post("/register")
@public
@throttled("REGISTRATIONS_PER_ADDRESS")
def register_institution():
    one_at_a_time()
    form = RegistrationForm()
    if not form.validate():
        return page(REGISTER, form=form), 422
    house = (form.institution_name.data, form.unified_social_credit_code.data)
    user = register(form.region_code.region, *house, **form.account)
    visits.begin(user)
    flash(WELCOME)
    return redirect(url_for("archives.mine"))


@bp.get("/login")
@public
def login():
    form = LoginForm(formdata=None, data={"next": request.args.get("next")})
    if current_user.is_authenticated:
        return redirect(form.next.data)
    return page(LOGIN, form=form)


@bp.post("/login")
@public
@throttled("LOGINS_PER_ADDRESS")
def sign_in():
    form = LoginForm()
    if not form.validate():
        return page(LOGIN, form=form), 422
    visits.begin(form.user)
    return redirect(form.next.data)


@bp.post("/logout")
@public
@called("退出登录")
def logout():
    visits.end()
    flash("已退出登录。")
    return redirect(url_for(".login"))


@bp.get("/address.svg")
@public
def address_code():
    """The system's address as a QR code, for the phone of whoever sits at a desk."""
    kept = {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400"}
    return drawing_of(our_address()), kept


@bp.get("/privacy")
@public
def notice():
    """What is kept about people, why, who sees it, for how long (《个人信息保护法》第十七条)."""
    return page("accounts/privacy.html", notice=privacy.NOTICE, version=privacy.VERSION)
