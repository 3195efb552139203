"""What the checks say of an archive, sorted by weight and by the page where it is mended."""

from typing import NamedTuple

from tuoyu.archives.checks import ARCHIVE, REGION
from tuoyu.archives.sheet import PAGES
from tuoyu.indicators.checks import Complaint, Weight
from tuoyu.workflow.checked import about
from tuoyu.workflow.explanations import told_of

BLANK = "H02"  # of the complaint that a required figure is missing
PAGE_OF = {i.key: s.page for s in ARCHIVE.sections for i in s.indicators} | {REGION: "basic"}
PREFILLED = {"institution_name", "unified_social_credit_code"}


class Finding(NamedTuple):
    """One complaint, the page and the field where it is mended, and the explanation given."""

    key: str
    complaint: Complaint
    page: str
    field: str
    explanation: str = ""
    kept: str = ""  # of the explanation, which may have been typed anew
    clash: str = ""  # what another window has kept meanwhile, in words

    @property
    def about(self):
        return about(self.complaint)


class Findings(NamedTuple):
    missing: list  # required figures that are blank
    hard: list
    soft: list
    hint: list

    @property
    def unexplained(self):
        return [finding for finding in self.soft if not finding.explanation]

    @property
    def block(self):
        """Whether the archive cannot be submitted as it is, whatever is explained."""
        return bool(self.missing or self.hard)


def findings(archive, posted=None):
    """Everything the checks find wrong with the archive as it is saved. What a Posted says goes
    before the explanations that are kept."""
    complaints = archive.complaints()
    said = posted.among(complaints) if posted else {}
    found = [finding_of(archive, key, one, said.get(key)) for key, one in complaints.items()]
    unread = archive.unread()  # what is typed and is no figure is not blank
    blank = [f for f in found if f.complaint.check_id == BLANK and f.field not in unread]
    rest = [f for f in found if f not in blank]
    of = {w: [f for f in rest if f.complaint.weight == w] for w in Weight}
    return Findings(blank, of[Weight.HARD], of[Weight.SOFT], of[Weight.HINT])


def finding_of(archive, key, complaint, said):
    field = complaint.blames[0]
    return Finding(key, complaint, PAGE_OF[field], field, *told_of(archive, key, complaint, said))


class Progress(NamedTuple):
    """How far one page of the form is."""

    name: str
    title: str
    started: bool
    missing: list
    faults: int
    questions: int

    @property
    def mark(self):
        """(word, tone, detail) of its state."""
        if not self.started:
            return "未开始", "grey", ""
        if self.faults:
            return "有误", "red", f" {self.faults} 项"
        if self.missing:
            return "未完成", "orange", f" {len(self.missing)} 项"
        if self.questions:
            return "需说明", "orange", f" {self.questions} 项"
        return "已完成", "green", ""

    @property
    def is_done(self):
        return not (self.missing or self.faults or self.questions)

    @property
    def hint(self):
        """Which figures are missing, the first few by name."""
        labels = [ARCHIVE[finding.field].label for finding in self.missing]
        more = f"等 {len(labels)} 项" if len(labels) > 4 else ""
        return f"还没有填写：{'、'.join(labels[:4])}{more}" if labels else ""


def progress(archive, found):
    """The Progress of each page of the form."""
    for name, title in PAGES:
        keys = [i.key for i in ARCHIVE.page(name).typed_in if i.key not in PREFILLED]
        yield Progress(
            name,
            title,
            any(getattr(archive, key) not in (None, []) for key in keys),
            [f for f in found.missing if f.page == name],
            sum(f.page == name for f in found.hard),
            sum(f.page == name for f in found.unexplained),
        )
