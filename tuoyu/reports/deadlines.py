"""Until when a month is due, whether it was in time, and what its receipt vouches for."""

from tuoyu.clock import beijing
from tuoyu.reports.declarations import DECLARED


class Punctual:
    """A report of a `period`."""

    @property
    def township_due(self):
        return self.period.township_due

    @property
    def county_due(self):
        return self.period.county_due

    @property
    def days_late(self):
        """Whole days between the deadline and the first submission; 0 when in time or not yet."""
        if self.first_submitted_at is None:
            return 0
        handed_in, due = (beijing(at) for at in (self.first_submitted_at, self.period.fill_due))
        return max(0, (handed_in.date() - due.date()).days)

    @property
    def receipt_mark(self):
        return f"{self.month:%Y%m}"

    @property
    def enclosed(self):
        declared = {name: getattr(self, name) for name in DECLARED}
        return {"archive": self.archive.id if self.archive else None, "declared": declared}
