"""What the checks found, for a page: the sentence, the figure to go to, and the explanation."""

from typing import NamedTuple

from tuoyu.indicators.checks import Complaint, Weight
from tuoyu.reports.running import Sums
from tuoyu.reports.suspicion import Suspicion
from tuoyu.workflow.checked import about
from tuoyu.workflow.explanations import told_of


class Finding(NamedTuple):
    """One complaint about a report; `explanation` is what is kept or typed for it."""

    key: str
    complaint: Complaint
    explanation: str
    kept: str = ""  # of the explanation, which may have been typed anew
    clash: str = ""  # what another window has kept meanwhile, in words
    suspicion: Suspicion | None = None  # where to look, of two sums that do not agree

    @property
    def about(self):
        return about(self.complaint)

    @property
    def field(self):
        """The figure to go to; None when the archive or the calendar is to blame."""
        if self.suspicion:
            return self.suspicion.figure
        return self.complaint.blames[0] if self.complaint.blames else None

    @property
    def is_blank(self):
        """The figure is missing, or is no figure."""
        return self.complaint.check_id == "H02"

    @property
    def sentence(self):
        """What is wrong, and where to look."""
        said = self.complaint.message
        return f"{said}：{self.suspicion.words}" if self.suspicion else said


def findings(report, posted=None):
    """{weight: [Finding, …]} of the report; what a Posted says goes before what is kept."""
    found = {weight.value: [] for weight in Weight}
    suspected, complaints = suspicions(report), report.complaints()
    said = posted.among(complaints) if posted else {}
    for key, complaint in complaints.items():
        told = told_of(report, key, complaint, said.get(key))
        finding = Finding(key, complaint, *told, suspected.get(complaint.message))
        found[complaint.weight.value].append(finding)
    return found


def suspicions(report):
    """{sentence of a sum: Suspicion} of the sums that do not agree."""
    context = report.check_context()
    figures = report.sheet.values(report)
    sums = Sums(figures, context["breakdown_base"], context["last"])
    return {balance.sentence: suspicion for balance, suspicion in sums.wrong}
