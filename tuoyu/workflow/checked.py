from hashlib import sha256

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.indicators.checks import Complaint, Weight, complaints_about
from tuoyu.indicators.normal import plain
from tuoyu.refusal import NotAcceptable
from tuoyu.workflow.clashes import BLANK
from tuoyu.workflow.inputs import owner
from tuoyu.workflow.returns import last_return
from tuoyu.workflow.typed import Kept, Typed

LONGEST = 500  # characters of an explanation
QUOTED = 20  # characters of what is no figure, in a sentence about it
GONE = "这项提示所依据的数据已经改动，说明没有保存，请核对后再填写。"
WAITING = "gone."  # before the key of an explanation whose complaint is gone
ABOUT = "about-"  # and a digest of the complaint: what its explanation is called by autosave


class Checked(Typed):
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

    @property
    def last_return(self):
        """The Return it has still to do with, see tuoyu/workflow/returns.py; None without one."""
        return last_return(self)

    def complaints(self):
        """Everything found, as {key: Complaint}: figures that are missing or no figures (H02)
        first, then the checks in the order of the sheet. The key is the check's id, numbered when
        it speaks twice."""
        values, unread = self.sheet.values(self), self.unread()
        found = [unreadable(self, key, said) for key, said in unread.items()]
        found += [missing(i) for i in self.sheet.blanks(values) if i.key not in unread]
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
        """Keep the explanations typed for the soft complaints, {key: text}. What was written for a
        complaint that is gone waits in case it comes back. Raises NotAcceptable for one that is
        too long."""
        self.insist_editable()
        insist_short(texts.values())
        found, known = self.complaints(), (self.explanations or {}).values()
        said = {complaint.message for complaint in found.values()}
        gone = [kept for kept in known if kept["message"] not in said]
        self.explanations = {
            key: {"message": complaint.message, "text": plain(texts[key])}
            for key, complaint in found.items()
            if complaint.weight == Weight.SOFT and plain(texts.get(key, ""))
        } | {f"{WAITING}{number}": kept for number, kept in enumerate(gone)}

    def forget_explanation(self, key, text):
        """That of this key, where it is the text given with something that holds no longer."""
        kept = self.explanations or {}
        if text and kept.get(key, {}).get("text") == text:
            self.explanations = {other: one for other, one in kept.items() if other != key}

    def submit(self, by):
        """Hand in, without the explanations of what is gone."""
        kept = (self.explanations or {}).items()
        self.explanations = {k: text for k, text in kept if not k.startswith(WAITING)}
        return super().submit(by)

    def keep_explanations(self, changes):
        """Keep {name from about(): Change} of explanations, each unless it was changed elsewhere
        meanwhile, or its complaint is gone. Answers Kept; raises NotEditable."""
        self.insist_editable()
        soft = {k: c for k, c in self.complaints().items() if c.weight == Weight.SOFT}
        places = {about(complaint): key for key, complaint in soft.items()}
        kept = {key: self.explanation_of(key, complaint) for key, complaint in soft.items()}
        texts, unkept, clashes = {}, {}, {}
        for name, change in changes.items():
            now_kept, text = kept.get(places.get(name)), plain(change.typed)
            if now_kept is None or len(text) > LONGEST:
                unkept[name] = GONE if now_kept is None else too_long(text)
            elif now_kept not in (text, *map(plain, (change.was, *change.sent))):
                clashes[name] = (now_kept, both(text, now_kept))
            else:
                texts[name] = kept[places[name]] = text
        self.explain(kept)
        said = {name: text for name, text in texts.items() if text != changes[name].typed}
        return Kept(said, clashes, unkept, list(unkept))

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
            raise NotAcceptable(too_long(text))


def too_long(text):
    return f"每项说明最多 {LONGEST} 个字，“{text[:10]}…”有 {len(text)} 个字。"


def both(mine, theirs):
    return f"您填的是“{mine or BLANK}”，另一窗口保存的是“{theirs or BLANK}”"


def about(complaint):
    """A name for the explanation of this very complaint, whatever its key is."""
    return name_of(complaint.message)


def name_of(message):
    return ABOUT + sha256(message.encode()).hexdigest()[:12]


def missing(indicator):
    message = f"{indicator.full_name}没有填写" + ("，没有的填 0" if indicator.inputmode else "")
    return Complaint("H02", Weight.HARD, (indicator.key,), message)


def unreadable(paper, key, said):
    """H02 of what is typed and is no value: 入托数填的是“4l”，应为不小于 0 的整数."""
    name, texts = paper.sheet[key].full_name, paper.loose_texts
    typed = "、".join(text for place, text in texts.items() if owner(place) == key)
    typed = typed if len(typed) <= QUOTED else f"{typed[:QUOTED]}…"
    return Complaint(
        "H02", Weight.HARD, (key,), f"{name}填的是“{typed}”，{said.removeprefix(name)}"
    )


def next_key(check_id, taken):
    number = 1 + sum(key == check_id or key.startswith(f"{check_id}.") for key in taken)
    return check_id if number == 1 else f"{check_id}.{number}"
