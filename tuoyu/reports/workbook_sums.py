"""The checks between figures as formulas of a workbook."""

from tuoyu.indicators.checks import AtMost, SumsTo, resolve
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.rules import sum_of

CHECKS = tuple(check for check in MONTHLY_REPORT.checks if isinstance(check, AtMost | SumsTo))


class Sums:
    """The sums and limits of the sheet. `base` is the figure of the breakdowns (parameter
    breakdown_base); `figures` give the results that a reader without formulas sees."""

    checks = CHECKS

    def __init__(self, figures, base):
        self.figures, self.context = figures, {"breakdown_base": base}
        self.rows = {}  # check: the row of its sum

    def control(self, check):
        """The key of the figure that the parts are held against."""
        limit = check.total if isinstance(check, SumsTo) else check.limit
        return resolve(limit, self.context)

    def below(self, key):
        """The sum that stands below this figure, or None."""
        sums = (check for check in CHECKS if isinstance(check, SumsTo))
        return next((check for check in sums if check.parts[-1] == key), None)

    def row_of(self, check, figures):
        """Where its mark goes: its own row, or that of the first part; `figures` are {key: row}."""
        return self.rows.get(check, figures[check.parts[0]])

    def sum_of(self, check):
        return sum_of(self.figures, check.parts)

    def addition(self, check, cells):
        """SUM(D8,D9); `cells` are {key: address}."""
        return f"SUM({','.join(cells[part] for part in check.parts)})"

    def agreement(self, check, cells):
        """(formula, result now): ✓, or ✕ with the difference; nothing while a figure is blank."""
        addresses = [cells[key] for key in (*check.parts, self.control(check))]
        over = f"({self.addition(check, cells)}-{addresses[-1]})"
        short = f'IF({over}<0,"✕ 少 "&ABS({over}),"✓")' if isinstance(check, SumsTo) else '"✓"'
        told = f'IF({over}>0,"✕ 多 "&{over},{short})'
        known = f"COUNT({','.join(addresses)})={len(addresses)}"
        return f'=IF({known},{told},"")', self.result(check)

    def result(self, check):
        control = self.figures.get(self.control(check))
        if None in (control, *(self.figures.get(part) for part in check.parts)):
            return ""
        over = self.sum_of(check) - control
        if over > 0:
            return f"✕ 多 {over}"
        return f"✕ 少 {-over}" if over and isinstance(check, SumsTo) else "✓"
