from dataclasses import replace
from datetime import date

from flask import Blueprint, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tuoyu.accounts.models import OFFICERS
from tuoyu.clock import now, today
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.regions.models import Level, Region
from tuoyu.reports.calendar import opened_periods, period_of
from tuoyu.scope import below
from tuoyu.summaries.former import former_parent
from tuoyu.summaries.paging import paginate
from tuoyu.summaries.printing import checked, file_name
from tuoyu.summaries.tables import sheet_of
from tuoyu.web.guard import open_to
from tuoyu.web.pages import page
from tuoyu.web.printing import as_pdf

bp = Blueprint("summaries", __name__, url_prefix="/summaries")


class NoSuchMonth(Refusal):
    status = 404
    message = "没有这个月份的汇总表，请从“汇总”页选择月份。"


class HungElsewhere(Refusal):
    """The region was part of another one in this month, and its figures are on the sheet there."""

    status = 404

    def __init__(self, region, month, parent):
        super().__init__(
            f"{month.year}年{month.month}月{region.name}属{parent.name}，当月数据列在{parent.name}的"
            f"汇总表中，不在本表重列；需要核对的，请向{parent.office or parent.name}查询。"
        )


@bp.get("/")
@open_to(*OFFICERS)
def index():
    return page("summaries/index.html", periods=opened_periods(), region=current_user.region)


@bp.get("/<month>/")
@open_to(*OFFICERS)
def own(month):
    return show(month, current_user.region_code)


@bp.get("/<month>/<region_code>")
@open_to(*OFFICERS)
def show(month, region_code):
    period, region = find_period(month), find_region(region_code)
    sheet = ready(region, period)

    def address(row):
        if row.region_code:
            return url_for(
                ".show", month=month, region_code=row.region_code, unconfirmed=unsettled()
            )
        return None

    return page(
        "summaries/show.html",
        sheet=sheet,
        period=period,
        region=region,
        address=address,
        pages=paginate(sheet.every_row),
        trail=way_to(region),
        unsettled=unsettled(),
    )


@bp.get("/<month>/<region_code>/sheet.pdf")
@open_to(*OFFICERS)
def pdf(month, region_code):
    period, region = find_period(month), find_region(region_code)
    sheet = ready(region, period)
    name = file_name(sheet, today())
    return as_pdf("summaries/sheet.html", name, sheet=sheet, pages=paginate(sheet.every_row))


def find_period(text):
    """The period of a month written 2023-06; raises NoSuchMonth for one that is none, was before
    the first or has not opened."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NoSuchMonth from None
    period = period_of(month)
    if period is None or not period.is_open:
        raise NoSuchMonth
    return period


def find_region(code):
    """A region of the person's corner, down to the townships; 404 for any other."""
    mine = (below(Region.path, current_user.region_path), Region.level <= Level.TOWNSHIP)
    wanted = select(Region).where(Region.code == code, *mine)
    return db.one_or_404(wanted.options(joinedload(Region.parent)))


def way_to(region):
    """The regions from the person's own down to this one."""
    mine = below(Region.path, current_user.region_path)
    return db.session.scalars(
        select(Region).where(Region.code.in_(region.codes), mine).order_by(Region.level)
    ).all()


def unsettled():
    """1 when the reports waiting at the county are asked for as well; None leaves addresses as
    they are."""
    return 1 if "unconfirmed" in request.args else None


def ready(region, period):
    """The sheet as this person prints it now; raises HungElsewhere where there is none."""
    if parent := former_parent(region, period.month):
        raise HungElsewhere(region, period.month, parent)
    sheet = sheet_of(region, period.month, include_unconfirmed=bool(unsettled()))
    return checked(replace(sheet, printed_at=now(), printed_by=current_user.display_name))
