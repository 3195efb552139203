"""Two windows, one input: what each holds, in words."""

from datetime import datetime

from tuoyu.clock import beijing, today

BLANK = "空白"


def clash(paper, sheet, mine, kept, by):
    """One sentence of both: 您填的是 41，另一窗口 14:05 保存的是 40. `mine` and `kept` are the
    differing inputs, {name: text}."""
    own, others = (
        "、".join(words(sheet, name, text) for name, text in texts.items())
        for texts in (mine, kept)
    )
    return f"您填的是 {own}，{last_hand(paper, next(iter(kept)), by)}保存的是 {others}"


def clashes_of(paper, form, seen, by):
    """{figure: (sentence of both, whether something is typed)} of a form whose page is older than
    what is kept; {} where everything typed may simply be kept."""
    found = {}
    for key in form.differing_since(seen):
        kept, typed = form[key].was, form[key].inputs()
        mine = {name: typed.get(name, "") for name in kept}
        found[key] = (clash(paper, form.sheet, mine, kept, by), any(mine.values()))
    return found


def last_hand(paper, name, by):
    """Who changed the input last, and when, as far as it is known."""
    _, moment, person = (paper.touched or {}).get(name, (0, "", ""))
    who = "另一窗口" if person in ("", by.display_name) else person
    return f"{who} {shown(datetime.fromisoformat(moment))} " if moment else who


def shown(moment):
    moment = beijing(moment)
    return f"{moment:%H:%M}" if moment.date() == today() else f"{moment:%Y-%m-%d %H:%M}"


def words(sheet, name, text):
    """The text as a person reads it: the label of an option, a figure in its own form."""
    for indicator in sheet.typed_in:
        if indicator.key == name and text:
            value, complaints = indicator.settle({name: text})
            return text if complaints else indicator.show(value)
    return text or BLANK
