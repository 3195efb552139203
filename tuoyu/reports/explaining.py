"""The explanations typed on the page of the figures themselves, kept together with the figures."""

from tuoyu.extensions import db
from tuoyu.web.transaction import keep_although_refused


def keep(report, form, posted, by):
    """Keep the figures of the form, and the explanations posted with them (a Posted).

    An explanation answers the sentence it stood below, and waits for it where the figures of the
    form take it away. One that was typed while the figures of its sentence were changed answers the
    new one too; one that was kept before does not.
    """
    posted.keep(report.complaints(), moved=False)
    report.fill_in(form.figures, by=by, sent=form.sent)
    posted.keep(report.complaints())


def keep_without_figures(report, form, posted):
    """Keep the explanations alone, each below its sentence as it stands, although the figures are
    refused; the form goes on from there."""
    posted.keep(report.complaints(), moved=False)
    db.session.flush()
    form.edition.data = report.edition
    keep_although_refused()
