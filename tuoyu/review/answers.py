"""The pages of the desk, and what is said after a stamp: where it was put, in a row of the list
or on the page of the paper."""

from flask import flash, request, url_for
from flask_login import current_user

from tuoyu.applications import pages as applications
from tuoyu.extensions import db
from tuoyu.reports.calendar import opened_periods
from tuoyu.review.desk import Desk, tallies
from tuoyu.review.papers import NOUNS, kind_of, title_of, whose
from tuoyu.review.reading import reading_of
from tuoyu.review.rows import row_of, rows_of
from tuoyu.web.pages import page, parts
from tuoyu.workflow.states import find_move

LIST, PAPER, RETURN = "review/desk.html", "review/paper.html", "review/return.html"


def desk_asked_for(kind):
    """The list that the address names, or from which a paper was opened."""
    return Desk.from_args(kind, current_user.role, request.args)


def show_desk(kind):
    desk = desk_asked_for(kind)
    found = desk.page(request.args.get("page", 1, type=int))
    return page(
        LIST,
        found=found,
        rows=list(rows_of(desk, found.items, current_user)),
        periods=opened_periods() if kind == "reports" else [],
        **around(desk),
    )


def show_paper(paper):
    read = applications.reading_of if kind_of(paper) == "applications" else reading_of
    return page(PAPER, reading=read(paper), **about(paper))


def ask_why(stamp, paper, form):
    """The page that asks for the reason; raises MoveRefused where the stamp is not open."""
    move = find_move(stamp, paper.part_of(current_user), paper.state, paper.facts)
    return page(
        RETURN,
        form=form,
        move=move,
        row=row_of(paper, current_user),
        desk=desk_asked_for(kind_of(paper)),
        title=title_of(paper),
    )


def tell(paper, said):
    """Say what was done to the paper."""
    db.session.flush()
    flash(f"{said}：{whose(paper).name} {title_of(paper)}。")
    desk = desk_asked_for(kind_of(paper))
    if request.form.get("at") == "desk":
        way = url_for("review.desk", **desk.args)
        row = row_of(paper, current_user)
        return parts(
            LIST,
            "paper_row",
            "desk_tabs",
            otherwise=way,
            row=row,
            counts_changed=True,
            **around(desk),
        )
    way = url_for("review.paper", paper_id=paper.id, **desk.args)
    return parts(PAPER, "stamps", "trail", otherwise=way, counts_changed=True, **about(paper))


def around(desk):
    """What stands around the rows of a list: its tabs with their counts."""
    counts = tallies([desk.showing(tab.name).statement() for tab in desk.tabs])
    return {"desk": desk, "noun": NOUNS[desk.kind], "counts": counts}


def about(paper):
    """What the page of a paper needs besides its figures."""
    desk = desk_asked_for(kind_of(paper))
    before, after = desk.neighbours(paper)
    return {
        "desk": desk,
        "row": row_of(paper, current_user),
        "title": title_of(paper),
        "before": before,
        "after": after,
        "labels": {indicator.key: indicator.full_name for indicator in paper.sheet},
    }
