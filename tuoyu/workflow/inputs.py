"""Texts of inputs read as the figures of a sheet."""

from typing import NamedTuple

from tuoyu.indicators.normal import plain

LONGEST = 5000  # characters kept of what is no value


class Reading(NamedTuple):
    """Texts read as values: {figure: value}, {input: text as it is kept}, {input: complaint}."""

    values: dict
    texts: dict
    complaints: dict


def owner(name):
    """The key of the figure to which an input belongs."""
    return name.partition("-")[0]


def texts_of(changes):
    return {name: change.typed for name, change in changes.items()}


def reading(sheet, texts, names):
    """The figures to which the inputs `names` belong, read from these texts."""
    keys = {owner(name) for name in names}
    read = Reading({}, {}, {})
    for indicator in sheet.typed_in:
        if indicator.key in keys:
            mine = {name: text for name, text in texts.items() if owner(name) == indicator.key}
            value, complaints = indicator.settle(mine)
            read.values[indicator.key] = value
            read.texts.update(indicator.inputs(value) | {n: plain(mine[n]) for n in complaints})
            read.complaints.update(complaints)
    return read


def untakeable(sheet, changes, read):
    """{input: complaint} of what cannot even lie loose: no option of a list, or endless."""
    chosen = {i.key for i in sheet.typed_in if not i.is_written}
    return {
        name: read.complaints.get(name, "内容过长，没有保存")
        for name, change in changes.items()
        if len(change.typed) > LONGEST or (name in read.complaints and owner(name) in chosen)
    }


def by_figure(sheet, complaints):
    """{figure: its complaints in one sentence}."""
    said = {}
    for name, complaint in complaints.items():
        said.setdefault(owner(name), {})[complaint] = None
    return {key: "；".join(sentences) for key, sentences in said.items()}
