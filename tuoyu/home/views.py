from flask import Blueprint
from flask_login import current_user
from sqlalchemy import literal, select
from sqlalchemy.exc import OperationalError

from tuoyu.accounts.models import Role
from tuoyu.extensions import db
from tuoyu.home import navigation
from tuoyu.home.areas import areas_below
from tuoyu.home.deadlines import deadline_for
from tuoyu.home.institution import home_of
from tuoyu.home.office import office_of
from tuoyu.home.waiting import cards_for
from tuoyu.reports.calendar import current_period
from tuoyu.web.guard import open_to, public
from tuoyu.web.pages import page

bp = Blueprint("home", __name__)
bp.record_once(lambda setup: navigation.init_app(setup.app))


@bp.get("/")
@open_to(*Role)
def start():
    """What must I do now, until when."""
    if current_user.role == Role.SYSADMIN:
        return page("home/sysadmin.html")
    return PAGES[current_user.role](current_period())


def institution(period):
    home = home_of(current_user, period)
    deadline = period and deadline_for(Role.INSTITUTION, period, home.is_done)
    return page("home/institution.html", home=home, deadline=deadline)


def office(period):
    if period is None:
        return page("home/office.html", office=None)
    office = office_of(current_user, period.month)
    deadline = deadline_for(current_user.role, period, office.is_done)
    return page("home/office.html", office=office, deadline=deadline)


def areas(period):
    waiting = cards_for(current_user)
    if period is None:
        return page("home/areas.html", period=None, waiting=waiting)
    total, rows = areas_below(current_user.region, period)
    deadline = deadline_for(current_user.role, period)
    shown = {"total": total, "areas": rows, "period": period, "waiting": waiting}
    return page("home/areas.html", deadline=deadline, **shown)


PAGES = {
    Role.INSTITUTION: institution,
    Role.TOWNSHIP: office,
    Role.COUNTY: office,
    Role.CITY: areas,
    Role.PROVINCE: areas,
}


@bp.get("/healthz")
@public
def healthz():
    """200 while the database answers, else 503; for whoever watches the server."""
    try:
        db.session.execute(select(literal(1)))
    except OperationalError:
        return "the database does not answer\n", 503, {"Content-Type": "text/plain"}
    return "ok\n", 200, {"Content-Type": "text/plain"}
