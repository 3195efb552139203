"""Where to look when two sums do not agree: said as narrowly as the figures allow, and no narrower.

Two things narrow it. What else is held against the same figure: when all of that agrees, the parts
are in doubt; when it all comes to one other number, the figure itself is. And the month before,
whose sums agreed: a figure that alone has changed, or changed by the very gap, is looked at first.
"""

from typing import NamedTuple


class Suspicion(NamedTuple):
    """The figure to go to, and the words beside the two sums."""

    figure: str
    words: str


def suspicion(balance, balances, last=None):
    """The Suspicion about a Balance that is wrong. `balances` are all of the month, `last` the
    figures of the month before, None where there are none."""
    narrow = first_to_look_at(balance, last) if last else None
    return narrow or among_the_others(balance, balances)


def among_the_others(balance, balances):
    parts, control = parts_of(balance), called(balance.control)
    others = [b for b in balances if is_comparable(b, balance)]
    if others and all(other.holds for other in others):
        said = f"{names_of(others)}与 {balance.control.code} 相符，请核对 {parts}"
        return Suspicion(balance.parts[0].key, said)
    if others and all(other.found == balance.found for other in others):
        said = f"{names_of(others)}也是 {balance.found}，请先核对 {control}"
        return Suspicion(balance.control.key, said)
    return Suspicion(balance.parts[0].key, f"请核对 {parts}，或 {control}")


def is_comparable(other, balance):
    """Another group of parts held against the same figure, all of them typed."""
    return (
        other.check is not balance.check
        and other.control == balance.control
        and balance.check.is_exact
        and other.check.is_exact
        and other.is_complete
    )


def first_to_look_at(balance, last):
    """The Suspicion that the month before points at, None where it does not. `last` has figures,
    and those of this group agreed."""
    figures = (*balance.parts, balance.control)
    before = {figure.key: last.get(figure.key) for figure in figures}
    if not balance.is_complete or not balance._replace(figures=before).holds:
        return None
    now = balance.figures
    changed = [figure for figure in figures if now[figure.key] != before[figure.key]]
    if len(changed) == 1:
        [(key, code)] = [(figure.key, figure.code) for figure in changed]
        said = f"只有 {code} 与上月不同（{before[key]} → {now[key]}），请先核对"
        return Suspicion(key, said)
    by_the_gap = [p for p in balance.parts if now[p.key] - before[p.key] == balance.gap]
    if balance.check.is_exact and len(by_the_gap) == 1:
        [part] = by_the_gap
        said = f"{part.code} 比上月{balance.more} {abs(balance.gap)}，与相差数相同，请先核对"
        return Suspicion(part.key, said)
    return None


def parts_of(balance):
    """25—27 各项; 18、19; 20 普惠托位入托数."""
    first, last = balance.parts[0], balance.parts[-1]
    if len(balance.parts) == 1:
        return called(first)
    if len(balance.parts) == 2:
        return f"{first.code}、{last.code}"
    return f"{first.code}—{last.code} 各项"


def names_of(others):
    return others[0].name if len(others) == 1 else "其余各组合计"


def called(figure):
    return f"{figure.code} {figure.full_name}"
