"""审核关系 in the short form of statistical sheets, read off the checks: 02+03≤01, 04+…+08=02."""

from tuoyu.indicators.checks import BASE, AtMost, SumsTo, resolve
from tuoyu.reports.checks import MONTHLY_REPORT


def relations(base):
    """The hard relations between figures by their codes, in the order of the sheet; `base` is the
    figure of the breakdowns (parameter breakdown_base). Sums that must be equal stand in one line."""
    lines = {}
    for check in MONTHLY_REPORT.checks:
        if isinstance(check, SumsTo):
            lines.setdefault(check.total, []).append(sum_of(check.parts))
        elif isinstance(check, AtMost):
            lines.setdefault((check.limit, len(check.parts)), []).append(sum_of(check.parts))
    return [line(key, parts, base) for key, parts in lines.items()]


def line(key, parts, base):
    if key == BASE:
        return "=".join([*parts, code(resolve(BASE, {"breakdown_base": base}))])
    if isinstance(key, str):
        return "，".join(f"{part}={code(key)}" for part in parts)
    return f"{'，'.join(parts)}≤{code(key[0])}"


def sum_of(keys):
    """04+…+08 for figures that follow each other, 02+03 for two."""
    codes = [code(key) for key in keys]
    follow = [int(c) for c in codes] == list(range(int(codes[0]), int(codes[0]) + len(codes)))
    return f"{codes[0]}+…+{codes[-1]}" if follow and len(codes) > 3 else "+".join(codes)


def code(key):
    return MONTHLY_REPORT[key].code
