"""The checks between sums as formulas of a workbook; `cells` are {key: address} throughout."""


def addition(balance, cells):
    """SUM(D8,D9): what the parts come to."""
    return f"SUM({','.join(cells[part.key] for part in balance.parts)})"


def agreement(balance, cells):
    """✓, or ✕ with the difference; nothing while a figure is blank."""
    addresses = [cells[figure.key] for figure in (*balance.parts, balance.control)]
    over = f"({addition(balance, cells)}-{addresses[-1]})"
    short = f'IF({over}<0,"✕ 少 "&ABS({over}),"✓")' if balance.check.is_exact else '"✓"'
    told = f'IF({over}>0,"✕ 多 "&{over},{short})'
    known = f"COUNT({','.join(addresses)})={len(addresses)}"
    return f'=IF({known},{told},"")'


def agreement_now(balance):
    """What the formula comes to with the figures as they are."""
    if not balance.is_complete:
        return ""
    return f"✕ {balance.more} {abs(balance.gap)}" if balance.is_wrong else "✓"
