"""The explanations that a page posts as a form, each for the sentence below which it stood.

A page names for every textarea its sentence, by a digest, and the text that it knew to be kept:
what nobody touched here is left as it is kept, what somebody else has changed meanwhile is not
overwritten without a word, and a sentence that nobody saw is not answered.
"""

from contextlib import contextmanager
from typing import NamedTuple

from tuoyu.extensions import db
from tuoyu.indicators.normal import plain
from tuoyu.refusal import NotAcceptable, Refusal
from tuoyu.web.transaction import kept_although_refused
from tuoyu.workflow.checked import about, both, name_of

TEXT = "explanation-"  # and the key of a complaint: the name of its textarea
SENTENCE = "about."  # and the key: which sentence stood above it
KEPT = "kept."  # and the key: what the page knew to be kept
SUBJECT = "subject."  # and the key: what that sentence was about


class ExplainedElsewhere(Refusal):
    message = "标出的说明刚刚在另一窗口改过，两边不同，请核对；再按一次按钮，以本页填写的为准。"


class SentenceChanged(NotAcceptable):
    message = "提示所依据的数据刚刚改动，请核对新的提示，说明仍然适用的再提交一次。"


class Said(NamedTuple):
    """What is typed; the sentence (see `about`) and the kept text the page knew, None where it
    does not say; the subject of the sentence, or else its key. `moved`: typed below a sentence that
    is gone, whose check says another now of the same figures."""

    text: str
    about: str | None
    kept: str | None
    subject: str
    moved: bool = False

    @property
    def is_untouched(self):
        return self.kept is not None and plain(self.kept) == plain(self.text)

    def clash(self, kept):
        """Both texts in a sentence, where another window has kept this one meanwhile."""
        if self.kept is None or self.is_untouched or kept in (plain(self.kept), plain(self.text)):
            return ""
        return both(self.text, kept)

    def over(self, kept):
        """The text that stands: the typed one, or the kept one where nothing was typed."""
        return kept if self.is_untouched else self.text


class Posted:
    """All that a form says, for this paper."""

    def __init__(self, paper, form):
        keys = [name.removeprefix(TEXT) for name in form if name.startswith(TEXT)]
        self.said = [
            Said(
                form[TEXT + key],
                form.get(SENTENCE + key),
                form.get(KEPT + key),
                form.get(SUBJECT + key, key),
            )
            for key in keys
        ]
        self.paper = paper
        self.known = set(self.kept().values())

    def kept(self):
        """{name from name_of(): text} of what the paper keeps just now."""
        return {name_of(k["message"]): k["text"] for k in (self.paper.explanations or {}).values()}

    def among(self, complaints):
        """{key: Said} of those of the complaints {key: Complaint} that are answered."""
        names = {about(complaint): key for key, complaint in complaints.items()}
        answers = {names[one.about]: one for one in self.said if one.about in names}
        others = [one for one in self.said if one.about not in names and self._is_new(one)]
        for key, complaint in complaints.items():
            places = (key, complaint.subject)
            one = next((one for one in others if one.subject in places), None)
            if key not in answers and one:
                others.remove(one)
                answers[key] = one._replace(kept=None, moved=one.about is not None)
        return answers

    def unasked(self, answers):
        """Those typed just now that none of the answers, as from among(), holds; with what is kept
        by now."""
        answered, kept = {one.about for one in answers.values()}, self.kept()
        typed = [one for one in self.said if plain(one.text) and not one.is_untouched]
        unasked = [one for one in typed if one.about and one.about not in answered]
        return [one._replace(kept=kept.get(one.about, one.kept)) for one in unasked]

    def _is_new(self, one):
        """Whether it was typed just now: a text that is kept answers its own sentence alone."""
        return one.about is None or bool(plain(one.text)) and plain(one.text) not in self.known

    def clashes(self, complaints):
        """Whether another window has changed what was typed here below the paper's complaints."""
        return any(
            one.clash(self.paper.explanation_of(key, complaints[key]))
            for key, one in self.among(complaints).items()
        )

    def keep(self, complaints, moved=True):
        """Let the paper keep them below its complaints; without the `moved`, those whose very
        sentence stands. Raises NotAcceptable for one that is too long."""
        kept = self.paper.explanation_of
        texts = {key: kept(key, complaint) for key, complaint in complaints.items()}
        for key, one in self.among(complaints).items():
            if moved or not one.moved:
                texts[key] = one.over(texts[key])
        self.paper.explain(texts)


def told_of(paper, key, complaint, said=None):
    """(explanation to show, the kept one, the clash between them) of a complaint."""
    kept = paper.explanation_of(key, complaint)
    return (said.over(kept), kept, said.clash(kept)) if said else (kept, kept, "")


@contextmanager
def explained(paper, form):
    """Keep the explanations of the form, also when what is done in the block is refused.

    Raises NotEditable; PaperChanged when the figures may not be those the page showed;
    ExplainedElsewhere; SentenceChanged when a text would answer a sentence nobody saw."""
    posted = Posted(paper, form)
    paper.insist_editable()
    complaints = paper.complaints()
    if posted.clashes(complaints):
        raise ExplainedElsewhere
    if any(one.moved for one in posted.among(complaints).values()):
        raise SentenceChanged
    paper.insist_unchanged(form.get("edition"))
    posted.keep(complaints)
    db.session.flush()
    with kept_although_refused():
        yield
