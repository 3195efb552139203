"""Find a region by a piece of its name, the first letters of its pinyin, or its code."""

import unicodedata

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from tuoyu import scope
from tuoyu.extensions import db
from tuoyu.regions.models import Level, Region

CODE_LENGTH = 12
LONGEST = 100  # signs of a query that are read


def find(query, level=None, below=None, limit=20):
    """The regions that `query` means, best first: regions institutions may choose, valid today.

    Each word but the last narrows by a region above: "鼓楼 中山", "gl zs" and "鼓楼区/中山" find
    the communities called 中山 in 鼓楼区. A pasted address (鼓楼区鼓东街道) finds what it names and
    what lies there. `level` keeps one level, `below` (a path) one corner of the managing tree.
    """
    *above, word = words_of(query) or [None]
    if word is None:
        return []
    found = select(Region).where(Region.offered(), matches(Region, word))
    found = found.where(*(lies_under(piece) for piece in above))
    if level is not None:
        found = found.where(Region.level == level)
    if below is not None:
        found = found.where(scope.below(Region.path, below))
    order = (rank(word), func.length(Region.name), Region.level, Region.code)
    return db.session.scalars(found.order_by(*order).limit(limit)).all()


def words_of(query):
    """Words of what was typed: full-width signs narrowed, "/" and "'" of an input method gone."""
    plain = unicodedata.normalize("NFKC", (query or "")[:LONGEST]).lower()
    spaced = "".join(sign if sign.isprintable() else " " for sign in plain)
    return spaced.replace("/", " ").replace("'", "").split()


def matches(region, word):
    """Criterion: the word is the beginning of the code, of the initials, or a piece of the name."""
    if word.isdecimal():
        return region.code.startswith(word)
    if word.isascii():
        return begins_some_spelling(region, word)
    return spoken(region).contains(word, autoescape=True)


def begins_some_spelling(region, word):
    return or_(
        region.initials.startswith(word, autoescape=True),
        region.initials.contains(f" {word}", autoescape=True),
    )


def spoken(region):
    """The full name in one piece, as it is written in an address."""
    return func.replace(region.full_name, "/", "")


def lies_under(word):
    """Criterion: this region, or one above it, is meant by the word."""
    if word.isdecimal():
        return or_(Region.path.startswith(word), Region.path.contains(f"/{word}"))
    if not word.isascii():
        return Region.full_name.contains(word, autoescape=True)
    above = aliased(Region)
    meant = select(above.code).where(above.level < Level.VILLAGE, begins_some_spelling(above, word))
    return or_(*(func.split_part(Region.path, "/", n).in_(meant) for n in range(1, Level.VILLAGE)))


def rank(word):
    """The whole name, code or spelling before a beginning, that before a piece in the middle, and
    that before a region that only lies in one of the name."""
    code = word.ljust(CODE_LENGTH, "0") if word.isdecimal() else word
    return case(
        (or_(Region.name == word, Region.initials == word, Region.code == code), 0),
        (Region.name.startswith(word, autoescape=True), 1),
        (Region.name.contains(word, autoescape=True), 2),
        (func.right(spoken(Region), len(word)) == word, 2),
        else_=3,
    )
