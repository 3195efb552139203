"""What the checks found, for a page: the sentence, the figure to go to, and the explanation."""

from typing import NamedTuple

from tuoyu.indicators.checks import Complaint, Weight


class Finding(NamedTuple):
    """One complaint about a report; `explanation` is what is kept or typed for it."""

    key: str
    complaint: Complaint
    explanation: str

    @property
    def field(self):
        """The figure to go to; None when the archive or the calendar is to blame."""
        return self.complaint.blames[0] if self.complaint.blames else None


def findings(report, typed=None):
    """{weight: [Finding, …]} of the report; `typed` {key: text} goes before what is kept."""
    found = {weight.value: [] for weight in Weight}
    for key, complaint in report.complaints().items():
        kept = report.explanation_of(key, complaint)
        text = (typed or {}).get(key, kept)
        found[complaint.weight.value].append(Finding(key, complaint, text))
    return found
