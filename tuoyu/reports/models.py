from datetime import date
from functools import cached_property

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, declared_attr, joinedload, mapped_column, relationship

from tuoyu.archives.models import ArchiveRevision, in_force_in
from tuoyu.dictionaries.lookup import parameter
from tuoyu.extensions import db
from tuoyu.indicators.columns import columns_for, constraints_for
from tuoyu.institutions.chronicle import closing_told_after
from tuoyu.institutions.models import Institution, OfInstitution
from tuoyu.refusal import Refusal
from tuoyu.regions.models import full_name_of
from tuoyu.reports.calendar import Period, first_of
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.deadlines import Punctual
from tuoyu.reports.declarations import DECLARED, Declared, law_for_declarations
from tuoyu.reports.declaring import untrue_because
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.checked import Checked
from tuoyu.workflow.constraints import OPEN, law_for_papers
from tuoyu.workflow.reviewable import Reviewable
from tuoyu.workflow.states import State

MONTHS_COMPARED = 6  # how far the checks may look back


class NotDeletable(Refusal):
    message = "只有从未提交过的草稿可以删除。"


class MonthlyReport(
    columns_for(MONTHLY_REPORT), Punctual, Declared, Checked, Reviewable, OfInstitution, db.Model
):
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
            *law_for_declarations(),
        )

    @property
    def title(self):
        return self.period.title

    @property
    def region_name(self):
        """Where the institution lay in that month: 福建省/福州市/鼓楼区/鼓东街道/中山社区."""
        return full_name_of(self.region_path)

    def figures_changed(self, by):
        self.keep_declaration_true()

    def keep_declaration_true(self):
        """Drop what was declared of the month when its figures say otherwise."""
        if why := untrue_because(self):
            self.undeclare(why)

    def former(self):
        confirmed = select(MonthlyReport).where(
            MonthlyReport.institution_id == self.institution_id,
            MonthlyReport.month == self.month,
            MonthlyReport.state == State.CONFIRMED,
        )
        return db.session.scalar(confirmed.with_for_update(of=MonthlyReport))

    def next_version(self, figures):
        """更正: a draft of the next version, the same but for `figures`; this one stays in force
        until that is confirmed. It keeps the place, the archive and the lateness of its month."""
        keys = [i.key for i in MONTHLY_REPORT.typed_in]
        copy = MonthlyReport(
            region_path=self.region_path,
            month=self.month,
            version=self.version + 1,
            institution_id=self.institution_id,
            institution=self.institution,
            period=self.period,
            archive=self.archive,
            state=State.DRAFT,
            first_submitted_at=self.first_submitted_at,
            **({key: getattr(self, key) for key in (*keys, *DECLARED)} | figures),
        )
        copy.keep_declaration_true()
        return copy

    @property
    def is_deletable(self):
        """A draft that never left the institution, and is no correction (manual 4.3)."""
        return (self.state, self.version, self.first_submitted_at) == (State.DRAFT, 1, None)

    def insist_deletable(self):
        """Raise NotDeletable for what was handed in before, or is a correction."""
        if not self.is_deletable:
            raise NotDeletable

    def submit(self, by):
        """Hand in together with the archive in force, which becomes the month's snapshot."""
        self.archive = self.archive_shown
        self.keep_declaration_true()
        self.undeclared = ""
        return super().submit(by)

    @cached_property
    def archive_shown(self):
        """The archive it was submitted with, or while it is open the one in force at the place
        where the institution lay in its month. A correction is read against the archive of what
        it corrects."""
        if not self.is_editable or (self.version > 1 and self.archive):
            return self.archive
        return in_force_in(self.institution_id, self.month)

    @cached_property
    def months_before(self):
        """The reports of the months before, the nearest first; None where there is none. Of
        several versions of a month the confirmed one counts, else the newest. They may lie where
        the institution lay before: the checks say the same to everybody."""
        months = [first_of(self.month, -n) for n in range(1, MONTHS_COMPARED + 1)]
        earlier = select(MonthlyReport).where(
            MonthlyReport.institution_id == self.institution_id, MonthlyReport.month.in_(months)
        )
        by_weight = earlier.order_by(MonthlyReport.state == State.CONFIRMED, MonthlyReport.version)
        with looking(EVERYWHERE):
            found = {report.month: report for report in db.session.scalars(by_weight)}
        return [found.get(month) for month in months]

    @property
    def outlasts_closing(self):
        """No closing takes it out, as due.must_report says of handed_in and was_closed: it was
        handed in once, or was closed (关账) before the closing was told."""
        if self.first_submitted_at or not self.institution.closed_on:
            return True
        told_late = closing_told_after(self.period.closes_at)
        institution = select(Institution.id).where(Institution.id == self.institution_id, told_late)
        with looking(EVERYWHERE):
            return db.session.scalar(institution) is not None

    def check_context(self):
        """What the rules need to know besides the month's own figures."""
        return {
            "breakdown_base": parameter("breakdown_base"),
            "month": self.month,
            "period": self.period,
            "institution": self.institution,
            "outlasts_closing": self.outlasts_closing,
            "declaration": self.declaration,
            "archive": self.archive_shown,
            "last": self.months_before[0],
            "months_before": self.months_before,
        }


def find_report(report_id, to_change=False):
    """The report, if the person may see it; 404 otherwise. One that is about to change is held
    until the end of the request, so that of two people at once the second is told."""
    found = select(MonthlyReport).where(MonthlyReport.id == report_id)
    found = found.options(joinedload(MonthlyReport.period), joinedload(MonthlyReport.institution))
    return db.one_or_404(found.with_for_update(of=MonthlyReport) if to_change else found)
