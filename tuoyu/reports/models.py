from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tuoyu.archives.models import ArchiveRevision, in_force
from tuoyu.extensions import db
from tuoyu.indicators.columns import columns_for, constraints_for
from tuoyu.institutions.models import OfInstitution
from tuoyu.reports.calendar import Period
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.workflow.checked import Checked
from tuoyu.workflow.reviewable import OPEN, Reviewable, law_for_papers
from tuoyu.workflow.states import State


class MonthlyReport(columns_for(MONTHLY_REPORT), Checked, Reviewable, OfInstitution, db.Model):
    """One month of one institution (manual 4). The archive in force at submission is its
    snapshot: a confirmed revision never changes, so a reference is enough."""

    __tablename__ = "monthly_reports"
    step_key = "monthly_report_id"
    sheet = MONTHLY_REPORT

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey(Period.month), index=True)
    archive_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey(ArchiveRevision.id), index=True
    )

    period: Mapped[Period] = relationship()
    archive: Mapped[ArchiveRevision | None] = relationship()

    @declared_attr.directive
    def __table_args__(cls):
        final = "state in ('confirmed', 'superseded')"
        return (
            UniqueConstraint("institution_id", "month", "version"),
            Index(
                "uq_monthly_reports_in_force",
                "institution_id",
                "month",
                unique=True,
                postgresql_where="state = 'confirmed'",
            ),
            Index(
                "uq_monthly_reports_open",
                "institution_id",
                "month",
                unique=True,
                postgresql_where=f"not ({final})",
            ),
            Index("ix_monthly_reports_month_region_path", "month", "region_path"),
            CheckConstraint(f"{OPEN} or archive_revision_id is not null", name="has_its_archive"),
            *constraints_for(MONTHLY_REPORT, unless=OPEN),
            *law_for_papers(),
        )

    @property
    def title(self):
        return self.period.title

    @property
    def township_due(self):
        return self.period.township_due

    @property
    def days_late(self):
        """Whole days between the deadline and the first submission; 0 when in time or not yet."""
        if self.first_submitted_at is None or self.first_submitted_at <= self.period.fill_due:
            return 0
        return (self.first_submitted_at - self.period.fill_due).days + 1

    def fill_in(self, figures):
        """Keep these figures; raises NotEditable outside the institution's hands."""
        self.insist_editable()
        for key, value in figures.items():
            setattr(self, key, value)

    def former(self):
        confirmed = select(MonthlyReport).where(
            MonthlyReport.institution_id == self.institution_id,
            MonthlyReport.month == self.month,
            MonthlyReport.state == State.CONFIRMED,
        )
        return db.session.scalar(confirmed.with_for_update(of=MonthlyReport))

    @property
    def archive_shown(self):
        """The archive it was submitted with, or while it is open the one in force now."""
        return self.archive or in_force(self.institution_id)


def find_report(report_id):
    """The report, if the person may see it; 404 otherwise."""
    return db.one_or_404(select(MonthlyReport).where(MonthlyReport.id == report_id))
