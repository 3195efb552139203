"""Text on paper, broken into lines here and not by the browser, so that heights are known."""

import re
import unicodedata

WORD = re.compile(r"[（《“〔(]*(?:[0-9A-Za-z]{1,16}|.)[）》”〕、，。；：)*]*", re.DOTALL)


def wrapped(text, width, most):
    """The text in as few lines as fit `width` characters, of about equal length. Brackets and
    Latin words stay whole; what does not go on `most` lines ends with an ellipsis."""
    words = WORD.findall(text.strip()) or [""]
    fewest = len(filled(words, width))
    lines = next(
        lines for narrow in range(1, width + 1) if len(lines := filled(words, narrow)) == fewest
    )
    if fewest <= most:
        return lines
    return (*lines[: most - 1], lines[most - 1] + "…")


def filled(words, width):
    """Words put on lines one after the other."""
    lines, used = [""], 0
    for word in words:
        if lines[-1] and used + breadth(word) > width:
            lines.append("")
            used = 0
        lines[-1] += word
        used += breadth(word)
    return tuple(line.strip() for line in lines)


def breadth(text):
    """In full-width characters, Latin letters counted generously."""
    return sum(map(breadth_of, text))


def breadth_of(character):
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1
    return 0.75 if character.isupper() else 0.6


def cut(text, width):
    """The text if it fits `width` characters, else as much as does, and an ellipsis."""
    if breadth(text) <= width:
        return text
    while breadth(text) > width - 1:
        text = text[:-1]
    return text + "…"
