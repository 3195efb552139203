"""The pages of the applications: what they are given to draw."""

from flask_login import current_user
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tuoyu.accounts.models import Role
from tuoyu.applications.forms import FIELDS, form_of
from tuoyu.applications.kinds import ABOUT, BEGUN_HERE, Kind
from tuoyu.applications.models import Application
from tuoyu.applications.pictures import Compared
from tuoyu.applications.standing import regions_above, standings
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.reports.calendar import next_month
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.web.filters import cn_date
from tuoyu.web.pages import page
from tuoyu.workflow.states import FINAL, State

MINE, SHOW = "applications/mine.html", "applications/show.html"
EDIT = {kind: "applications/form.html" for kind in Kind} | {
    Kind.CORRECT: "applications/correct.html",
    Kind.PICTURES: "applications/pictures.html",
}
SHOWN = 100  # of the newest


def mine_page(person):
    """Those of an institution, and those that an office has made."""
    own = applications_of(person)
    under_way = {one.kind for one in own if one.state not in FINAL and one.kind in BEGUN_HERE}
    return page(
        MINE,
        applications=own,
        stands=standings(own),
        kinds=[(kind, ABOUT[kind], kind in under_way) for kind in BEGUN_HERE],
        correction=ABOUT[Kind.CORRECT],
    )


def applications_of(person):
    """What the person's office has made; an institution also sees what officers ask about it."""
    made_here = Application.asked_by == person.role
    if person.role == Role.INSTITUTION:
        made_here = or_(made_here, Application.state != State.DRAFT)
    listed = select(Application).where(made_here)
    beside = (joinedload(Application.period), joinedload(Application.target))
    newest_first = listed.options(*beside).order_by(Application.id.desc()).limit(SHOWN)
    return db.session.scalars(newest_first).all()


def edit_page(application, form=None, **more):
    """The form of the application; `application` may not be kept yet."""
    form = form or form_of(application, formdata=None)
    if application.kind == Kind.CORRECT:
        sheets = list(sheets_of(application, regions_above([application])))
        more |= {"sheets": sheets, "sections": MONTHLY_REPORT.sections}
    if application.kind == Kind.MOVE:
        more |= {"from_then": next_month(today())}
    return page(EDIT[application.kind], application=application, form=form, **more)


def show_page(application, person):
    moves = {move.name for move in application.open_moves(person)}
    return page(
        SHOW,
        application=application,
        reading=reading_of(application),
        moves=moves,
        is_mine=application.is_made_by(person),
    )


def reading_of(application):
    """What a reader is shown: who it is, what is asked, and where it stands."""
    with looking(EVERYWHERE):
        regions = regions_above([application])
        return {
            "application": application,
            "who": who_it_is(application, regions[application.region_path]),
            "asked": list(what_is_asked(application, regions)),
            "changes": list(changes_of(application)),
            "pictures": pictures_of(application),
            "sheets": list(sheets_of(application, regions)),
            "stands": standings([application], regions)[application.id].shown_to(current_user),
            "last_month": last_month_of(application),
        }


def pictures_of(application):
    """Both sets of 更换图片, or None. One that was given up replaced nothing, and the archive of
    today may lie where its readers may not look."""
    asked = application.kind == Kind.PICTURES and application.state != State.DROPPED
    return Compared(application) if asked else None


def who_it_is(application, region):
    return [
        ("机构名称", application.name),
        ("机构统一代码", application.unified_social_credit_code),
        ("所属区域", region.full_name),
        ("机构地址", application.address or "—"),
        ("托位总数", "—" if application.places is None else application.places, "个"),
    ]


def what_is_asked(application, regions):
    """(label, words) of what the form of this kind asks for."""
    if application.kind == Kind.MOVE:
        yield (
            "迁入区域",
            regions[application.target_path].full_name if application.target_path else "—",
        )
    for field in FIELDS[application.kind]:
        yield field.label, field.show(getattr(application, field.key))


def changes_of(application):
    """(figure, as it is, as it should be) of a correction, in the order of the paper."""
    for figure in MONTHLY_REPORT.typed_in:
        if figure.key in application.figures:
            old, new = (figure.parse(said) for said in application.figures[figure.key])
            yield f"{figure.code} {figure.full_name}".strip(), figure.show(old), figure.show(new)


def sheets_of(application, regions):
    """(region, name) of the summary sheets that a correction changes, the nearest first."""
    if application.kind != Kind.CORRECT:
        return
    month = f"{application.month.year}年{application.month.month}月"
    year = f"（兼{application.month.year}年年报）" if application.month.month == 12 else ""
    for region in sorted(regions.values(), key=lambda r: -r.depth):
        if not region.is_village:
            yield region, f"{region.name}{month}托育服务信息汇总表{year}"


def last_month_of(application):
    """What a closing institution must not forget: its last report."""
    if application.kind != Kind.CLOSE or application.starts_on is None:
        return None
    month = application.starts_on.replace(day=1)
    return (
        f"{month.year}年{month.month}月是最后一个月报：年末在托数填 0，当年入托的婴幼儿都计入"
        f"“本年内已离开数”；{cn_date(next_month(month))}起开放填报。"
    )
