from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.indicators.checks import Complaint, Weight, complaints_about
from tuoyu.indicators.normal import plain
from tuoyu.refusal import NotAcceptable

LONGEST = 500  # characters of an explanation
EXPLANATION = "explanation-"  # and the key of the complaint: the name of its textarea


class Checked:
    """A paper whose sheet is checked before it may leave the institution's hands.

    Hard checks (强制性审核) block; soft ones (核实性审核) want a written explanation, which holds
    as long as the complaint it answers stays the same; hints only inform. A model sets `sheet`
    and answers `check_context()`, what its rules need to know besides the paper's own figures.
    """

    sheet = None

    # {complaint key: {"message": what was found then, "text": the explanation}}
    explanations: Mapped[dict] = mapped_column(JSONB, default=dict)

    def check_context(self):
        return {}

    def words(self):
        """Every figure that is typed in, as a person reads it: {key: words}."""
        return {i.key: i.show(getattr(self, i.key)) for i in self.sheet.typed_in}

    def complaints(self):
        """Everything found, as {key: Complaint}: missing figures (H02) first, then the checks in
        the order of the sheet. The key is the check's id, numbered when it speaks twice."""
        values = self.sheet.values(self)
        found = [missing(indicator) for indicator in self.sheet.blanks(values)]
        found += complaints_about(self.sheet, values, self.check_context())
        keyed = {}
        for complaint in found:
            keyed[next_key(complaint.check_id, keyed)] = complaint
        return keyed

    def faults(self):
        """The complaints that block submission."""
        return {k: c for k, c in self.complaints().items() if c.weight == Weight.HARD}

    def unexplained(self):
        """The soft complaints that still want an explanation."""
        return {
            key: complaint
            for key, complaint in self.complaints().items()
            if complaint.weight == Weight.SOFT and not self.explanation_of(key, complaint)
        }

    def explanation_of(self, key, complaint):
        """The text that answers this very complaint; empty when its figures have changed since."""
        kept = (self.explanations or {}).values()  # a key moves when another complaint goes away
        return next((k["text"] for k in kept if k["message"] == complaint.message), "")

    def explain(self, texts):
        """Keep the explanations typed for the soft complaints, {key: text}; others are dropped.
        Raises NotAcceptable for one that is too long."""
        self.insist_editable()
        insist_short(texts.values())
        self.explanations = {
            key: {"message": complaint.message, "text": plain(texts[key])}
            for key, complaint in self.complaints().items()
            if complaint.weight == Weight.SOFT and plain(texts.get(key, ""))
        }

    def insist_submittable(self):
        """Raise NotAcceptable while a hard check fails or a soft one is not explained."""
        if faults := self.faults():
            first = next(iter(faults.values())).message
            raise NotAcceptable(f"还有 {len(faults)} 项必须修改，不能提交审核：{first}等。")
        if waiting := self.unexplained():
            raise NotAcceptable(f"还有 {len(waiting)} 项需核实的提示没有填写说明，不能提交审核。")


def insist_short(texts):
    for text in map(plain, texts):
        if len(text) > LONGEST:
            raise NotAcceptable(f"每项说明最多 {LONGEST} 个字，“{text[:10]}…”有 {len(text)} 个字。")


def missing(indicator):
    message = f"{indicator.full_name}没有填写" + ("，没有的填 0" if indicator.inputmode else "")
    return Complaint("H02", Weight.HARD, (indicator.key,), message)


def next_key(check_id, taken):
    number = 1 + sum(key == check_id or key.startswith(f"{check_id}.") for key in taken)
    return check_id if number == 1 else f"{check_id}.{number}"


def explanations_in(form):
    """{complaint key: text} of the explanations typed in a posted form."""
    return {
        name.removeprefix(EXPLANATION): text
        for name, text in form.items()
        if name.startswith(EXPLANATION)
    }
