"""One unified social credit code, one institution, unless a county has permitted a branch: branches
of one legal person have archives of their own (Manual 1.2: 机构统一代码)."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.indicators.normal import is_credit_code, plain
from tuoyu.institutions.models import Institution
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.importing import hang_along
from tuoyu.regions.models import Level, Path, Region
from tuoyu.scope import EVERYWHERE, Scoped, by_path, looking

LONGEST = 300
TAKEN = (
    "该机构统一代码已有机构注册。同一家机构请用原账号登录；账号遗失，或者本机构是分支机构的，"
    "请联系{office}，经其核实同意后再注册"
)


@hang_along
class BranchPermit(Scoped, db.Model):
    """A county allows one more registration under a code in its area (`region_path`)."""

    __tablename__ = "branch_permits"

    id: Mapped[int] = mapped_column(primary_key=True)
    unified_social_credit_code: Mapped[str] = mapped_column(String(18), index=True)
    region_path: Mapped[str] = mapped_column(Path(), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST))
    permitted_by: Mapped[str] = mapped_column(String(50))
    permitted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    permitted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey(Institution.id), unique=True)

    institution: Mapped[Institution | None] = relationship()  # who registered with it

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.institution_id, scope)


def in_use(code):
    """How many institutions work under this code; those that have closed do not count."""
    wanted = (Institution.unified_social_credit_code == code, Institution.closed_on.is_(None))
    with looking(EVERYWHERE):
        return db.session.scalar(select(func.count(Institution.id)).where(*wanted))


def open_permit(code, path):
    """The permit by which one more may register under `code` at `path`, or None."""
    permits = select(BranchPermit).where(
        BranchPermit.unified_social_credit_code == code,
        BranchPermit.institution_id.is_(None),
        func.starts_with(literal(path), BranchPermit.region_path),
    )
    with looking(EVERYWHERE):
        return db.session.scalar(permits.order_by(BranchPermit.id).limit(1))


def insist_may_register(code, village):
    """Raise NotAcceptable, naming the office to call, when the code is taken and the county of the
    `village` has not permitted a branch."""
    if in_use(code) and open_permit(code, village.path) is None:
        raise NotAcceptable(TAKEN.format(office=county_office(village)))


def county_office(region):
    """The office of the county where the region lies: 福州市鼓楼区卫生健康局."""
    counties = select(Region).where(Region.code.in_(region.codes), Region.level == Level.COUNTY)
    county = db.session.scalar(counties)
    return county.office or f"{county.name}卫生健康部门"


def use_permit(institution):
    """Note that the institution, which has just registered, is the branch that was permitted."""
    code = institution.unified_social_credit_code
    if in_use(code) > 1 and (permit := open_permit(code, institution.region_path)):
        permit.institution_id = institution.id


def permit(code, reason, by):
    """A new permit for the county of the officer `by`; raises NotAcceptable for a code that is
    none, that nobody uses, or that has been permitted already, and without a reason or with one too
    long."""
    insist_useful(code, plain(reason), by)
    new = BranchPermit(
        unified_social_credit_code=code,
        region_path=by.region_path,
        reason=plain(reason),
        permitted_by=by.display_name,
        permitted_by_id=by.id,
    )
    db.session.add(new)
    db.session.flush()
    return new


def insist_useful(code, reason, by):
    """Raise NotAcceptable as `permit` says."""
    if not is_credit_code(code):
        raise NotAcceptable("机构统一代码应为18位统一社会信用代码，且校验位正确，请对照证照核对")
    if not reason:
        raise NotAcceptable("请填写理由，如：某某托育有限公司鼓东分园，已核对营业执照")
    if len(reason) > LONGEST:
        raise NotAcceptable(f"理由最多{LONGEST}字，现有{len(reason)}字")
    if not in_use(code):
        raise NotAcceptable("还没有机构使用这个机构统一代码，不需要许可即可注册")
    if open_permit(code, by.region_path):
        raise NotAcceptable("这个机构统一代码已有一份尚未使用的许可")


def permits():
    """The permits that the person may see, the newest first."""
    return select(BranchPermit).order_by(BranchPermit.id.desc())
