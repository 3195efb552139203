"""The accounts that an office sets right (Manual 5.2: officers are not helped by mail)."""

from flask import request, url_for
from flask_login import current_user
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tuoyu.accounts import recovery
from tuoyu.accounts.account_forms import ReasonForm
from tuoyu.accounts.doors import bp
from tuoyu.accounts.events import latest
from tuoyu.accounts.models import Role, User
from tuoyu.accounts.names import masked
from tuoyu.accounts.recovery_views import unseen
from tuoyu.accounts.showing import shown_once
from tuoyu.indicators.normal import plain
from tuoyu.institutions.models import Institution
from tuoyu.scope import looking
from tuoyu.web.guard import open_to
from tuoyu.web.lists import one_page
from tuoyu.web.pages import page

KEEPERS = (Role.COUNTY, Role.CITY, Role.PROVINCE, Role.SYSADMIN)
RESET = "accounts/reset.html"
ON_A_PAGE = 20


@bp.get("/accounts")
@open_to(*KEEPERS)
def people():
    """The accounts that the office sets right, searched by name."""
    typed = plain(request.args.get("q", ""))[:100]
    office = joinedload(User.institution), joinedload(User.region)
    wanted = select(User).where(recovery.kept_by(current_user), *named(typed)).options(*office)
    order = User.region_path, User.institution_id, User.is_main.desc(), User.id
    with looking(recovery.view_of(current_user)):
        found = one_page(wanted.order_by(*order), ON_A_PAGE)
        return page("accounts/people.html", found=found, q=typed, masked=masked)


def named(typed):
    """Criteria: the institution or the account goes by something like this."""
    if not typed:
        return []
    places = User.institution.has(
        or_(
            Institution.name.icontains(typed, autoescape=True),
            Institution.initials.istartswith(typed, autoescape=True),
            Institution.unified_social_credit_code == typed.upper(),
        )
    )
    names = (User.username, User.display_name)
    return [
        or_(places, User.mobile == typed, *(one.icontains(typed, autoescape=True) for one in names))
    ]


@bp.get("/accounts/<int:user_id>/reset")
@open_to(*KEEPERS)
def reset_form(user_id):
    return reset_page(recovery.account_for(current_user, user_id), ReasonForm(formdata=None))


def reset_page(user, form):
    with looking(recovery.view_of(current_user)):
        return page(RESET, user=user, form=form, events=latest(user, 5))


@bp.post("/accounts/<int:user_id>/reset")
@open_to(*KEEPERS)
def reset(user_id):
    user, form = recovery.account_for(current_user, user_id), ReasonForm()
    if not form.validate():
        return reset_page(user, form), 422
    token = recovery.reset(user, form.reason.data, by=current_user)
    with looking(recovery.view_of(current_user)):
        return unseen(shown_once(user, token, "30分钟", url_for(".people")))
