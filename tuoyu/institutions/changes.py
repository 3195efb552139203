"""How an institution moves, pauses, reopens and closes: what is refused, and what follows.

What a move means for the papers and the accounts is the business of the rooms above; they hang
up what is to be done with `follows_a_move`.
"""

from datetime import timedelta

from flask import current_app
from sqlalchemy import func, select

from tuoyu.clock import now, today
from tuoyu.extensions import db
from tuoyu.institutions.chronicle import (
    Change,
    Kind,
    closing_before,
    pause_between,
    pause_ended_by,
    pause_of,
)
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import BEGINNING
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.importing import StillNeeded, follows_the_map, guards_the_map
from tuoyu.regions.models import full_name_of
from tuoyu.scope import EVERYWHERE, below, looking
from tuoyu.web.daily import once_a_day

DESK = 1309  # the number of the lock that lets one process at a time bring changes into effect
FOLLOWERS = []


class ChangeRefused(NotAcceptable):
    """This change does not go together with what is known of the institution."""


def record(institution, kind, effective_on, by, region=None, until=None, reason=""):
    """Keep the change, and bring it into effect at once when its day has come.

    `by` is the User who decided; `region` is the village a move leads to, `until` the last day of
    a pause. Answers the Change; raises ChangeRefused when it does not go together with what is
    known: a move to where the institution lies, or that began before this month; a second pause;
    a reopening without one; anything after the closing.
    """
    kind = Kind(kind)
    insist_possible(institution, kind, effective_on, region, until)
    change = Change(
        institution=institution,
        kind=kind,
        effective_on=effective_on,
        until=until,
        region_path=institution.region_path,
        from_region=institution.region.full_name,
        to_region=region,
        to_path=region and region.path,
        reason=reason,
        recorded_by=by.display_name,
        recorded_by_id=by.id,
    )
    db.session.add(change)
    db.session.flush()
    if effective_on <= today():
        bring(change)
    return change


def insist_possible(institution, kind, effective_on, region, until):
    """Raise ChangeRefused as `record` says."""
    if closed := closing_before(institution, effective_on):
        raise ChangeRefused(f"该机构已办理终止（{closed.isoformat()}），不能再办理变更。")
    if kind == Kind.MOVED:
        insist_moves(institution, effective_on, region)
    if kind == Kind.SUSPENDED:
        insist_open(institution, effective_on, until)
    if kind == Kind.REOPENED and not pause_of(institution, effective_on):
        raise ChangeRefused("该机构在这一天不在暂停期内，无需恢复。")


def insist_open(institution, effective_on, until):
    if until and until < effective_on:
        raise ChangeRefused("暂停的截止日期不能早于开始日期。")
    if pause_between(institution, effective_on, until):
        raise ChangeRefused("该机构在这段时间内已处于暂停期，请先恢复服务。")


def insist_moves(institution, effective_on, region):
    if region is None or not region.is_village:
        raise ChangeRefused("请选择迁入的社区（村）。")
    if region.code == institution.region_code:
        raise ChangeRefused(f"该机构现在就在{region.full_name}，无需迁移。")
    if effective_on < today().replace(day=1):
        raise ChangeRefused("迁移不能早于本月1日生效，已过的月份仍属原区域。")


def follows_a_move(follow):
    """Hang up `follow(change)`, called when the institution has just settled in its new place."""
    FOLLOWERS.append(follow)
    return follow


def bring(change):
    """Do what the change says, everywhere it reaches."""
    institution = change.institution
    with looking(EVERYWHERE):
        db.session.expire(institution, ["stays"])  # an officer may have read some of them only
        change.region_path = institution.stays[-1].region_path
        change.from_region = full_name_of(change.region_path)
        EFFECTS[change.kind](change)
        change.in_effect_at = now()
        db.session.flush()


def move(change):
    institution, region = change.institution, change.to_region
    change.to_path = region.path
    never_reported = institution.first_due_month is None
    institution.settle_in(region, BEGINNING if never_reported else change.first_month)
    db.session.flush()
    for follow in FOLLOWERS:
        follow(change)


@guards_the_map
def insist_nobody_lies_there(before, after):
    """Papers keep their path: nobody would be left who sees what is under review there."""
    below_it = select(Institution.name).where(below(Institution.region_path, before["path"]))
    if names := db.session.scalars(below_it.order_by(Institution.id)).all():
        there = f"其下已有{len(names)}家机构（{names[0]}等）"
        raise StillNeeded(before, after, there)


@follows_the_map
def follow_the_map(codes):
    """The regions with these codes hang elsewhere in the managing tree now: for the institutions
    in them that is a move, decided by nobody, and it counts from the running month."""
    there = select(Institution).where(Institution.region_code.in_(codes))
    for institution in db.session.scalars(there.order_by(Institution.id)).all():
        change = Change(
            institution=institution,
            kind=Kind.MOVED,
            effective_on=today().replace(day=1),
            region_path=institution.region_path,
            from_region="",
            to_region=institution.region,
            to_path=institution.region_path,
            reason="区划调整",
            recorded_by="系统",
        )
        db.session.add(change)
        bring(change)


def suspend(change):
    """Nothing else changes: who must report asks for the pause itself."""


def reopen(change):
    if pause := pause_ended_by(change):
        pause.until = max(pause.effective_on, change.effective_on - timedelta(days=1))


def close(change):
    """Of two closings the earlier one counts, even if the later one was told first."""
    institution, day = change.institution, change.effective_on
    institution.closed_on = min(day, institution.closed_on or day)


EFFECTS = {
    Kind.MOVED: move,
    Kind.SUSPENDED: suspend,
    Kind.REOPENED: reopen,
    Kind.CLOSED: close,
}


@once_a_day
def bring_into_effect(day=None):
    """Bring every change that is due on `day` (today) into effect; answers them. One that fails
    is told in the log and stays; the others are done all the same."""
    waiting = (Change.in_effect_at.is_(None), Change.effective_on <= (day or today()))
    with looking(EVERYWHERE):
        if not db.session.scalar(select(func.count(Change.id)).where(*waiting)):
            return []
        db.session.execute(select(func.pg_advisory_xact_lock(DESK)))
        due = select(Change).where(*waiting).order_by(Change.effective_on, Change.id)
        return [change for change in db.session.scalars(due).all() if succeeds(change)]


def succeeds(change):
    try:
        with db.session.begin_nested():
            bring(change)
    except Exception:
        current_app.logger.exception("the change %s could not be brought into effect", change.id)
        return False
    return True
