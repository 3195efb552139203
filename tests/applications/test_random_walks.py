"""Whatever stamps people try on an application, in whatever order, it stays lawful."""

from datetime import date
from random import Random
from types import SimpleNamespace

import pytest

from tests.applications.world import JULY_17, a_pdf
from tests.cast import JUNE
from tests.workflow.test_states import STAMPS, law
from tuoyu import clock
from tuoyu.accounts.models import Role
from tuoyu.applications.beginning import begin, correction_of, draft_of
from tuoyu.applications.evidence import add_evidence
from tuoyu.applications.kinds import Kind
from tuoyu.extensions import db
from tuoyu.workflow.states import FINAL, MOVES, MoveRefused, State

LIVES, LONGEST = 50, 18
TRIED = sorted(STAMPS - {move.name for move in MOVES if move.automatic})
PEOPLE = ("sunshine_director", "gudong_clerk", "gulou_officer", "taijiang_officer")
PEOPLE += ("fuzhou_officer", "province_officer", "sysadmin")
SAID = {"send_back": ("请核对",), "send_to_township": ("请补充意见",)}
FIGURES = {"in_care": ["48", "46"], "left_in_year": ["12", "14"]}


def pause(cast, by):
    application = draft_of(Kind.SUSPEND, by.institution)
    application.starts_on = date(2023, 8, 1)
    return application


def move(cast, by):
    application = draft_of(Kind.MOVE, by.institution)
    application.target = cast.region("350103001002")
    application.target_path, application.new_address = application.target.path, "茶亭街5号"
    return application


def correction(role):
    def asked(cast, director):
        application = correction_of(cast.june.id, SimpleNamespace(role=role))
        application.figures = FIGURES
        file = SimpleNamespace(stream=a_pdf(), filename="a.pdf")
        assert add_evidence(application, [file]) == []
        return application

    return asked


KINDS = [pause, move, move, *map(correction, (Role.INSTITUTION, Role.TOWNSHIP, Role.COUNTY))]


def part_of(person, application):
    """As whom somebody acts, said by hand."""
    if person.display_name == "台江专干":
        return "receiving" if application.kind == Kind.MOVE else None
    return person.role


def facts(application, moves, is_late, was_late):
    """The hand-written account; `was_late`: it was last handed in when it was late already."""
    is_correction = application.kind == Kind.CORRECT
    return SimpleNamespace(
        asked_by=application.asked_by,
        is_request=True,
        is_light=False,
        leaves_county=application.kind == Kind.MOVE,
        province_decides=is_correction and is_late,
        county_only=is_correction,
        last_move=moves[-1] if moves else None,
        township_overdue=bool(moves) and is_late and not was_late,
        township_staffed=True,
    )


@pytest.mark.database
def test_every_application_is_where_the_law_put_it(ready):
    ready.june = ready.report(ready.sunshine, JUNE, State.CONFIRMED)
    chance, seen = Random(20230717), set()
    with ready.stage():
        people = [ready.again(getattr(ready, name)) for name in PEOPLE]
        for life in range(LIVES):
            kind = KINDS[life % len(KINDS)]
            with db.session.no_autoflush, clock.at(JULY_17):
                application = kind(ready, people[0])
                application.reason = "情况属实"
            savepoint = db.session.begin_nested()
            with clock.at(JULY_17):
                begin(application)
            live(application, people, chance, seen)
            savepoint.rollback()
            db.session.expunge_all()
            people = [ready.again(getattr(ready, name)) for name in PEOPLE]
    assert seen == set(State) - {State.SUPERSEDED}


def live(application, people, chance, seen):
    """One application, from the draft to its end or until people tire."""
    moves, state, was_late = [], State.DRAFT, False
    late_from = chance.randint(0, LONGEST * 2)
    for turn in range(LONGEST):
        is_late = turn >= late_from
        said = facts(application, moves, is_late, was_late)
        goals = {
            (name, person): law(name, part_of(person, application), state, said)
            for name in TRIED
            for person in people
        }
        lawful = [key for key, goal in goals.items() if goal]
        name, person = chance.choice(lawful if lawful and chance.random() < 0.85 else list(goals))
        goal = goals[name, person]
        with clock.at("2023-07-24T12:00" if is_late else JULY_17):
            if goal is None:
                with pytest.raises(MoveRefused):
                    getattr(application, name)(person, *SAID.get(name, ()))
                continue
            getattr(application, name)(person, *SAID.get(name, ()))
            db.session.flush()
        state, moves = goal, [*moves, name]
        was_late = is_late if name == "submit" else was_late
        seen.add(state)
        assert application.state == state
        assert [step.move for step in application.steps] == moves
        if state in FINAL:
            return
