"""Lines of components/tasks.html: months, applications and answers on an institution's first page."""

from flask import url_for

from tuoyu.workflow.states import State


def address_of(report):
    view = "reports.edit" if report.is_editable else "reports.show"
    return url_for(view, report_id=report.id)


def is_correction(report):
    """A correction that the institution has still to hand in; what it corrects stays in force."""
    return report is not None and report.version > 1 and report.state == State.DRAFT


def line_of(application):
    return {
        "title": application.title,
        "href": url_for("applications.show", application_id=application.id),
        "state": application.state.value,
    }


def line_of_answer(question):
    word, tone = question.state
    return {
        "title": question.title,
        "href": url_for("feedback.show", question_id=question.id),
        "label": word,
        "tone": tone,
    }


def in_the_list(period):
    """Where the month stands in the list of months."""
    return url_for("reports.mine", _anchor=f"month-{period.month:%Y-%m}")


def task_of(month):
    """A line for an earlier month that was not handed in, or is to be corrected."""
    days, waiting = month.days_overdue, "correcting" if is_correction(month.report) else "returned"
    return {
        "title": f"{month.action}{month.period.title}",
        "href": address_of(month.report) if month.report else in_the_list(month.period),
        "state": "overdue" if days else waiting,
        "detail": f"{days}天" if days else None,
    }
