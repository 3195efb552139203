from datetime import date, timedelta

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, deferred, mapped_column, relationship

from tuoyu.archives.checks import ARCHIVE
from tuoyu.clock import now
from tuoyu.dictionaries.lookup import number, parameter
from tuoyu.extensions import db
from tuoyu.indicators.columns import columns_for, constraints_for
from tuoyu.institutions.models import OfInstitution
from tuoyu.regions.pinyin import initials
from tuoyu.scope import Scoped
from tuoyu.workflow.checked import Checked
from tuoyu.workflow.reviewable import OPEN, Reviewable, law_for_papers
from tuoyu.workflow.states import State


class ArchiveRevision(columns_for(ARCHIVE), Checked, Reviewable, OfInstitution, db.Model):
    """One version of an institution's archive. The confirmed one is in force; a later draft may
    travel beside it (manual 3.3)."""

    __tablename__ = "archive_revisions"
    step_key = "archive_revision_id"
    sheet = ARCHIVE

    id: Mapped[int] = mapped_column(primary_key=True)

    pictures: Mapped[list["PlacedPicture"]] = relationship(
        order_by="PlacedPicture.position", cascade="all, delete-orphan"
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

    @property
    def township_due(self):
        """From when the county may act for the township: some days after submission."""
        if self.submitted_at is None:
            return None
        return self.submitted_at + timedelta(days=int(number("archive.township_days")))

    def fill_in(self, figures):
        """Keep these figures of one page; raises NotEditable outside the institution's hands."""
        self.insist_editable()
        for key, value in figures.items():
            setattr(self, key, value)

    def former(self):
        """The version in force, locked so that it changes hands once."""
        return in_force(self.institution_id, lock=True)

    def came_into_force(self):
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


class Picture(OfInstitution, db.Model):
    """A picture of the premises, re-encoded; the bytes lie apart so that lists stay light."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    file: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    thumbnail: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class PlacedPicture(Scoped, db.Model):
    """A picture in its place in one version of the archive."""

    __tablename__ = "archive_pictures"
    __table_args__ = (UniqueConstraint("archive_revision_id", "position"),)

    archive_revision_id: Mapped[int] = mapped_column(
        ForeignKey(ArchiveRevision.id, ondelete="cascade"), primary_key=True
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey(Picture.id), primary_key=True, index=True)
    position: Mapped[int]
    caption: Mapped[str] = mapped_column(String(50), default="")

    picture: Mapped[Picture] = relationship()

    @classmethod
    def within(cls, scope):
        seen = select(ArchiveRevision.id).where(ArchiveRevision.within(scope))
        return cls.archive_revision_id.in_(seen)


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
