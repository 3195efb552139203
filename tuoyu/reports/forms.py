"""The form of the 37 figures."""

from wtforms import HiddenField

from tuoyu.indicators.forms import form_for
from tuoyu.reports.checks import MONTHLY_REPORT


class ReportForm(form_for(MONTHLY_REPORT)):
    """Blanks are taken; what is no number is not. `edition` is the one that was shown."""

    edition = HiddenField()
