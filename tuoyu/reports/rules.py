"""How a rule of the monthly report is written down: a function that yields sentences."""

from decimal import ROUND_CEILING, Decimal

from tuoyu.indicators.checks import Rule, Weight


def rule(check_id, *blames, beside=None, weight=Weight.SOFT, source="", mends=""):
    """Turn `say(figure, …)` into a Rule that is asked only when every figure it blames is there.

    With `beside` ("archive", "last": a key of the check context) it is asked only when the context
    holds one, which it then gets first: `say(archive, figure, …)`. `mends` names that paper where
    it may be the one that is out of date.
    """

    def make(say):
        def asked(values, context):
            figures = [values.get(key) for key in blames]
            known = [context.get(beside)] if beside else []
            return None if None in (*figures, *known) else say(*known, *figures)

        return Rule(check_id, weight, blames, asked, source, mends)

    return make


def sum_of(values, keys):
    """The sum of these figures, blank ones left out."""
    return sum(values.get(key) or 0 for key in keys)


def ceiling(persons, share):
    """How many are needed when one is needed for every `share` persons or part of them."""
    return int((Decimal(persons) / share).to_integral_value(ROUND_CEILING))


def gap(found, wanted):
    """多 3 / 少 3."""
    return f"{'多' if found > wanted else '少'} {abs(found - wanted)}"
