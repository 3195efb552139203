"""What the database repeats of the law."""

from sqlalchemy import CheckConstraint

from tuoyu.workflow.states import State

OPEN = "state in ('draft', 'returned')"
OF_FIGURES = (
    State.DRAFT,
    State.AT_TOWNSHIP,
    State.AT_COUNTY,
    State.RETURNED,
    State.CONFIRMED,
    State.SUPERSEDED,
)


def law_for_papers(states=OF_FIGURES):
    """What the database repeats of the law, for every table of papers; `states` are those that
    this kind of paper knows."""
    words = ", ".join(f"'{state.value}'" for state in states)
    return (
        CheckConstraint(f"state in ({words})", name="state"),
        CheckConstraint(
            f"{OPEN} or submitted_at is not null", name="what_left_the_institution_was_submitted"
        ),
        CheckConstraint(
            "state not in ('confirmed', 'superseded') or confirmed_at is not null",
            name="what_is_in_force_was_confirmed",
        ),
        CheckConstraint("version >= 1", name="version"),
    )
