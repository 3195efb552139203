"""How a paper travels in the demo: by the real verbs, at a moment of its own each."""

from datetime import timedelta

from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.workflow.states import State

A_DAY = timedelta(days=1)
EXPLANATION = "情况属实，已电话核实（演示说明）。"
WAYS = {
    State.DRAFT: (),
    State.AT_TOWNSHIP: ("submit",),
    State.RETURNED: ("submit", "send_back"),
    State.AT_COUNTY: ("submit", "approve"),
    State.CONFIRMED: ("submit", "approve", "confirm"),
}


def ways(state, slip=None):
    """The names of the moves that lead to a state; None is a paper that nobody has begun. A slip
    that is mended by now costs a return."""
    moves = WAYS.get(state, ())
    return ("submit", "send_back", *moves) if slip and state != State.RETURNED else moves


def travel(paper, moves, filed, between=A_DAY, slip=None):
    """Take the paper through `moves`, (name, who) each, one every `between` from `filed` on. What
    comes back because of a `slip` is mended and handed in again."""
    db.session.flush()
    for count, (name, person) in enumerate(moves):
        with clock.at(filed + count * between):
            take(paper, name, person, slip)


def take(paper, name, person, slip):
    if name == "submit" and paper.sheet:
        hand_in(paper, person, slip)
    elif name == "send_back":
        paper.send_back(by=person, reason=slip.reason, marked=slip.marked)
    else:
        getattr(paper, name)(by=person)
    db.session.flush()


def hand_in(paper, person, slip):
    said, words = {}, slip.explanation if slip else EXPLANATION
    if paper.state == State.RETURNED:
        paper.fill_in(slip.mended, by=person)
        said = {key: paper.explanation_of(key, c) for key, c in paper.complaints().items()}
    if waiting := paper.unexplained():
        paper.explain(said | dict.fromkeys(waiting, words))
    paper.submit(by=person)
