"""审核关系 of the monthly report: H01–H19 block submission, S01–S22 want a word or only inform."""

from tuoyu.reports.hard import HARD
from tuoyu.reports.norms import NORMS
from tuoyu.reports.sheet import monthly_report
from tuoyu.reports.trends import TRENDS

SOFT = tuple(sorted((*NORMS, *TRENDS), key=lambda check: check.id))
MONTHLY_REPORT = monthly_report(checks=(*HARD, *SOFT))
