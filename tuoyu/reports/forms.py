"""The form of the 37 figures."""

from wtforms import HiddenField

from tuoyu.dictionaries.lookup import parameter
from tuoyu.indicators.forms import form_for
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.running import running_totals


class ReportForm(form_for(MONTHLY_REPORT)):
    """Blanks are taken; what is no number is not. `edition` is the one that was shown."""

    edition = HiddenField()

    @property
    def totals(self):
        """The running totals of what is typed now."""
        return running_totals(self.figures, parameter("breakdown_base"))
