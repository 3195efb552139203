"""What the form of a month says of the figures as they are typed, saved or not."""

from functools import cached_property
from typing import NamedTuple

from tuoyu.indicators.checks import Sums as SumCheck
from tuoyu.indicators.checks import SumsTo, Weight, complaints_about
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.findings import Finding
from tuoyu.reports.running import Sums
from tuoyu.reports.zeros import zeros_at
from tuoyu.workflow.checked import about, next_key
from tuoyu.workflow.explanations import told_of

SUMS = {check.id for check in MONTHLY_REPORT.checks if isinstance(check, SumCheck)}
TOLD_BY_TOTALS = {check.id for check in MONTHLY_REPORT.checks if isinstance(check, SumsTo)}
NOWHERE = ""  # the place of complaints that blame no figure


class Point(NamedTuple):
    """One thing that is not right yet: the place to go to, and the sentence."""

    place: str
    sentence: str
    tone: str = "red"


class Note(NamedTuple):
    """What stands below one figure: hard complaints, and soft ones with their explanations."""

    figure: str
    faults: list
    questions: list

    @property
    def complaints(self):
        return [*self.faults, *(question.complaint for question in self.questions)]

    @property
    def mark(self):
        """Tells this note from any other; posted back by a page that shows it."""
        return " ".join((self.figure, *(about(complaint)[-8:] for complaint in self.complaints)))


def place_of(complaint):
    return complaint.blames[0] if complaint.blames else NOWHERE


def is_noted(complaint):
    """Whether it stands below a figure: sums do not, because their totals say so; nor does what
    is no matter of figures (H01, H19), nor a mere hint."""
    if complaint.check_id in TOLD_BY_TOTALS:
        return False
    return complaint.weight == Weight.SOFT or (
        complaint.weight == Weight.HARD and bool(complaint.blames)
    )


class Filling:
    """The form of one report. `posted` are explanations as they were typed (a Posted)."""

    def __init__(self, report, form, posted=None):
        self.report, self.form = report, form
        context = report.check_context()
        self.sums = Sums(form.figures, context["breakdown_base"], context["last"])
        self.complaints = {}
        for complaint in complaints_about(MONTHLY_REPORT, form.figures, context):
            self.complaints[next_key(complaint.check_id, self.complaints)] = complaint
        self.said = posted.among(self.complaints) if posted else {}
        self.unasked = posted.unasked(self.said) if posted else []

    @property
    def totals(self):
        return self.sums.totals

    @cached_property
    def notes(self):
        """{figure: Note} where there is one; what blames no figure stands at NOWHERE."""
        notes = {}
        for key, complaint in self.complaints.items():
            if is_noted(complaint):
                place = place_of(complaint)
                note = notes.setdefault(place, Note(place, [], []))
                if complaint.weight == Weight.HARD:
                    note.faults.append(complaint)
                else:
                    note.questions.append(self._finding(key, complaint))
        return notes

    def _finding(self, key, complaint):
        return Finding(key, complaint, *told_of(self.report, key, complaint, self.said.get(key)))

    def notes_since(self, marks):
        """The notes, empty ones too, that differ from those a page with these marks shows."""
        shown = {mark.partition(" ")[0]: mark for mark in marks}
        places = dict.fromkeys((*shown, *self.notes))
        now = (self.notes.get(place, Note(place, [], [])) for place in places)
        return [note for note in now if note.mark != shown.get(note.figure)]

    @cached_property
    def points(self):
        """Everything that is not right yet, each with the place to go to."""
        found = (self._mistakes(), self._sums(), self._rules(), self._blanks(), self._questions())
        return [point for kind in found for point in kind]

    def zeros_at(self, section):
        return zeros_at(section)

    @property
    def mistakes(self):
        """How many of the points cannot be explained away."""
        return sum(point.tone == "red" for point in self.points)

    def _mistakes(self):
        for field in self.form:
            for error in field.errors or field.process_errors:
                yield Point(field.id, error)

    def _sums(self):
        for balance, suspicion in self.sums.wrong:
            yield Point(suspicion.figure, f"{balance.sentence}：{suspicion.words}")

    def _rules(self):
        for complaint in self.complaints.values():
            if (
                complaint.weight == Weight.HARD
                and complaint.blames
                and complaint.check_id not in SUMS
            ):
                yield Point(complaint.blames[0], complaint.message)

    def _blanks(self):
        blank = [i.key for i in MONTHLY_REPORT.blanks(self.form.figures)]
        blank = [key for key in blank if not self.form[key].process_errors]
        if blank:
            yield Point(blank[0], f"还有 {len(blank)} 项没有填写，没有的填 0", "grey")

    def _questions(self):
        asked = [f for note in self.notes.values() for f in note.questions if not f.explanation]
        if asked:
            place = f"explanation-{asked[0].key}"
            yield Point(place, f"还有 {len(asked)} 项请核实，情况属实的填写说明", "orange")
