"""审核关系 of the monthly report."""

from tuoyu.reports.sheet import monthly_report

MONTHLY_REPORT = monthly_report()
