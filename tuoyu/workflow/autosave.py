"""What a page that saves itself (static/js/autosave.js) sends, and what it is answered."""

from flask import get_template_attribute, jsonify

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable
from tuoyu.web.sizes import NO_FORM
from tuoyu.workflow.checked import ABOUT
from tuoyu.workflow.typed import Change

WAS = "was."  # and the name of an input: what the page knew to be kept there,
SEEN = "seen."  # since which edition, where it was put back after a crash,
SENT = "sent."  # and what it has sent without hearing an answer


def changes_in(form):
    """{input: Change} of a posted form: every input that came with what it was before."""
    return {
        name: Change(
            form.get(name, ""),
            form[WAS + name],
            tuple(form.getlist(SENT + name)),
            edition_in(form, SEEN + name),
        )
        for name in (key.removeprefix(WAS) for key in form if key.startswith(WAS))
    }


def edition_in(form, name="edition"):
    """The edition the page knew; None for what is none."""
    text = form.get(name, "")
    return (int(text) or None) if text.isdecimal() and len(text) < 10 else None


def insist_form(form):
    """Raise NotAcceptable for what no page of ours sends."""
    if "edition" not in form:
        raise NotAcceptable(NO_FORM)


def autosaved(paper, form, by, sheet=None):
    """Keep the inputs that were sent of a page of the sheet, and the explanations on it; answer
    what became of them. A page that has taken over the answer is up to date; one that must choose
    first is not."""
    insist_form(form)
    seen, changes = edition_in(form), changes_in(form)
    kept = paper.keep_typed(changes, seen, by, sheet)
    if said := {name: change for name, change in changes.items() if name.startswith(ABOUT)}:
        kept = kept.joined(paper.keep_explanations(said))
    db.session.flush()
    return answer(kept, seen if kept.clashes else paper.edition)


def autosaved_explanations(paper, form):
    """The same for explanations. A page of the checks is no newer for having been saved."""
    insist_form(form)
    seen, before = edition_in(form), paper.edition
    kept = paper.keep_explanations(changes_in(form))
    db.session.flush()
    return answer(kept, paper.edition if seen == before and not kept.clashes else seen)


def answer(kept, edition):
    """What the page takes over, in JSON; clashes as they stand below their inputs."""
    drawn = {name: buttons(name, both, theirs) for name, (theirs, both) in kept.clashes.items()}
    parts = kept._replace(clashes=drawn)._asdict()
    return jsonify(
        said=said_of(kept), edition=edition, **{name: part for name, part in parts.items() if part}
    )


def buttons(name, both, theirs):
    return get_template_attribute("components/clash.html", "clash_buttons")(name, both, theirs)


def said_of(kept):
    """已暂存 14:05:33, and what was not."""
    said = f"已暂存 {now():%H:%M:%S}"
    if kept.unkept:
        said += f"，有 {len(kept.unkept)} 项没有保存，请按提示修改"
    return said
