from datetime import date, datetime, timedelta

from sqlalchemy import DateTime, Index, String, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.handed_in import HandedIn
from tuoyu.archives.pictures import PlacedPicture
from tuoyu.clock import now
from tuoyu.dictionaries.lookup import label, number, parameter
from tuoyu.extensions import db
from tuoyu.indicators.columns import columns_for, constraints_for
from tuoyu.institutions.models import Institution, OfInstitution
from tuoyu.institutions.stays import Stay
from tuoyu.regions.models import full_name_of
from tuoyu.regions.pinyin import initials
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.checked import Checked
from tuoyu.workflow.constraints import OPEN, law_for_papers
from tuoyu.workflow.reviewable import Reviewable
from tuoyu.workflow.states import FINAL, State


class ArchiveRevision(columns_for(ARCHIVE), HandedIn, Checked, Reviewable, OfInstitution, db.Model):
    """One version of an institution's archive. The confirmed one is in force; a later draft may
    travel beside it (manual 3.3)."""

    __tablename__ = "archive_revisions"
    step_key = "archive_revision_id"
    sheet = ARCHIVE

    id: Mapped[int] = mapped_column(primary_key=True)
    saved_by: Mapped[str] = mapped_column(String(50), default="")
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    pictures: Mapped[list[PlacedPicture]] = relationship(
        order_by=PlacedPicture.position, cascade="all, delete-orphan"
    )

    @declared_attr.directive
    def __table_args__(cls):
        final = "state in ('confirmed', 'superseded')"
        return (
            UniqueConstraint("institution_id", "version"),
            Index(
                "uq_archive_revisions_in_force",
                "institution_id",
                unique=True,
                postgresql_where="state = 'confirmed'",
            ),
            Index(
                "uq_archive_revisions_open",
                "institution_id",
                unique=True,
                postgresql_where=f"not ({final})",
            ),
            *constraints_for(ARCHIVE, unless=OPEN),
            *law_for_papers(),
        )

    @classmethod
    def first_of(cls, institution):
        """Version 1, with what the registration has told already."""
        return cls(
            institution_id=institution.id,
            region_path=institution.region_path,
            version=1,
            institution_name=institution.name,
            unified_social_credit_code=institution.unified_social_credit_code,
        )

    @property
    def region_name(self):
        """Where the institution lay, or lies, with this version."""
        return full_name_of(self.region_path)

    @property
    def is_open(self):
        """Still on its way: neither in force nor replaced."""
        return self.state not in FINAL

    @property
    def is_deletable(self):
        """A draft that nobody but the institution has had in hands; it may be thrown away."""
        return self.is_editable and self.first_submitted_at is None

    @property
    def township_due(self):
        """From when the county may act for the township: some days after submission."""
        if self.submitted_at is None:
            return None
        return self.submitted_at + timedelta(days=int(number("archive.township_days")))

    def check_context(self):
        return {
            "number": number,
            "label": label,
            "region_level": self.institution.region.level,
            "village_code": self.institution.region_code,
            "sharing_code": institutions_sharing_the_code_of(self),
        }

    def besides(self):
        shown = [f"第{p.picture.digest[:6]}号 {p.caption}".strip() for p in self.pictures]
        return {"pictures": "、".join(shown)}

    def figures_changed(self, by):
        self.saved_at = now()
        self.saved_by = by.display_name if by else ""

    def former(self):
        """The version in force, locked so that it changes hands once."""
        return in_force(self.institution_id, lock=True)

    def came_into_force(self, by):
        """The institution takes the name and code of its confirmed archive; the month in which
        its first one is confirmed is the first it reports."""
        institution = self.institution
        institution.name = self.institution_name
        institution.initials = initials(self.institution_name)
        institution.unified_social_credit_code = self.unified_social_credit_code
        if institution.first_due_month is None:
            institution.first_due_month = first_month_of_one_confirmed_on(now().date())

    def next_revision(self):
        """A draft of the next version with the same figures and pictures."""
        copy = ArchiveRevision(
            institution_id=self.institution_id,
            region_path=self.institution.region_path,
            version=self.version + 1,
            **{i.key: getattr(self, i.key) for i in ARCHIVE.typed_in},
        )
        copy.pictures = [
            PlacedPicture(picture_id=p.picture_id, position=p.position, caption=p.caption)
            for p in self.pictures
        ]
        return copy


def first_month_of_one_confirmed_on(day):
    """The first month due: that of the confirmation, but June 2023 for whoever was confirmed
    within the first window (闽卫人口函〔2023〕1310号 三, 四)."""
    if day <= date.fromisoformat(parameter("first_window.until")):
        return date.fromisoformat(parameter("first_window.month"))
    return day.replace(day=1)


def in_force(institution_id, lock=False):
    """The archive in force of one institution, or None."""
    confirmed = select(ArchiveRevision).where(
        ArchiveRevision.institution_id == institution_id,
        ArchiveRevision.state == State.CONFIRMED,
    )
    return db.session.scalar(confirmed.with_for_update(of=ArchiveRevision) if lock else confirmed)


def lying_at(stay):
    """Criterion: versions that came into force while the institution lay there; the last of them
    is in force for the months of that stay."""
    return and_(
        ArchiveRevision.institution_id == stay.institution_id,
        ArchiveRevision.region_path == stay.region_path,
        ArchiveRevision.state.in_(FINAL),
        or_(stay.left_at.is_(None), ArchiveRevision.confirmed_at <= stay.left_at),
    )


def in_force_in(institution_id, month):
    """The archive in force at the place where the institution lay in `month`, or None."""
    there = select(ArchiveRevision).join(Stay, lying_at(Stay))
    wanted = there.where(Stay.institution_id == institution_id, Stay.in_month(month))
    return db.session.scalar(wanted.order_by(ArchiveRevision.version.desc()).limit(1))


def open_revision(institution_id):
    """The version being written or reviewed, or None; there is at most one."""
    on_its_way = select(ArchiveRevision).where(
        ArchiveRevision.institution_id == institution_id, ArchiveRevision.state.not_in(FINAL)
    )
    return db.session.scalar(on_its_way)


def find_archive(archive_id, lock=False):
    """The version, if the person may see it; 404 otherwise. Locked where it is to be changed."""
    wanted = select(ArchiveRevision).where(ArchiveRevision.id == archive_id)
    return db.one_or_404(wanted.with_for_update(of=ArchiveRevision) if lock else wanted)


def institutions_sharing_the_code_of(archive):
    """How many other institutions of the province work under the same credit code (SA2)."""
    others = select(func.count(Institution.id)).where(
        Institution.unified_social_credit_code == archive.unified_social_credit_code,
        Institution.id != archive.institution_id,
        Institution.first_due_month.is_not(None),
        Institution.closed_on.is_(None),
    )
    with looking(EVERYWHERE):
        return db.session.scalar(others)
