"""What a reviewer reads of a paper: the figures beside those they should agree with, what the
checks found, and what the institution said to it."""

from tuoyu.archives.comparison import changes, former_version, picture_changes
from tuoyu.indicators.readings import read
from tuoyu.reports.comparison import comparison
from tuoyu.reports.findings import findings
from tuoyu.reports.models import MonthlyReport
from tuoyu.reports.pages import snapshot_of


def reading_of(paper):
    """What the template of this kind of paper is given."""
    if isinstance(paper, MonthlyReport):
        return reading_of_report(paper)
    return reading_of_archive(paper)


def reading_of_report(report):
    return {
        "back": report.last_return,
        "rows": comparison(report),
        "findings": findings(report),
        "snapshot": snapshot_of(report),
    }


def reading_of_archive(archive):
    """What changed first: a reviewer reads changes, not eighty figures again."""
    former = former_version(archive)
    return {
        "back": archive.last_return,
        "former": former,
        "changes": changes(archive, former) if former else [],
        "pictures": picture_changes(archive, former) if former else None,
        "sections": list(read(archive.sheet, archive)),
    }
