"""The sums of a month while it is typed: for each group of figures what it comes to, beside the
figure it must be equal to, and where to look when it is not."""

from functools import cached_property

from tuoyu.indicators.checks import balances_of
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.suspicion import suspicion


class Total:
    """The running total of one group."""

    def __init__(self, balance, suspicion):
        self.balance, self.suspicion = balance, suspicion
        self.id = f"total_{balance.check.id}"
        self.after = balance.parts[-1].key  # the figure below which it stands

    @property
    def label(self):
        return f"{self.balance.name}（= {self.balance.control.code}）"

    @property
    def verdict(self):
        """(sign and words, tone) of how the sum stands."""
        balance = self.balance
        if balance.is_wrong:
            return f"✕ {balance.more} {abs(balance.gap)}", "red"
        return ("✓ 相符", "green") if balance.holds else ("○ 未填完", "grey")

    @property
    def words(self):
        return self.suspicion.words if self.suspicion else ""


class Sums:
    """All the sums of a month as it is typed. `base` is the figure of the breakdowns (parameter
    breakdown_base), `last` the report of the month before."""

    def __init__(self, figures, base, last=None):
        self.balances = balances_of(MONTHLY_REPORT, figures, {"breakdown_base": base})
        self.last = MONTHLY_REPORT.values(last) if last else None

    @cached_property
    def wrong(self):
        """[(Balance, Suspicion)] of the sums that cannot be right."""
        return [(b, suspicion(b, self.balances, self.last)) for b in self.balances if b.is_wrong]

    @property
    def totals(self):
        """{figure below which it stands: Total} of the groups that must be equal to a figure."""
        suspected = {balance.check: where for balance, where in self.wrong}
        totals = (Total(b, suspected.get(b.check)) for b in self.balances if b.check.is_exact)
        return {total.after: total for total in totals}
