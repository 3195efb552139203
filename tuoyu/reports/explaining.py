"""The explanations typed on the page of the figures themselves, kept together with the figures."""

from tuoyu.indicators.checks import Weight
from tuoyu.workflow.checked import about

ABOUT = "about."  # and the key of a complaint: which sentence stood above its textarea


def keep(report, form, posted, texts, by):
    """Keep the figures of the form, and `texts`, the explanations posted with them {key: text}.

    An explanation answers the sentence it stood below. One that was typed while the figures of its
    sentence were changed answers the new one; one that was kept before does not.
    """
    known = kept_texts(report)
    report.fill_in(form.figures, by=by, sent=form.sent)
    soft = {k: c for k, c in report.complaints().items() if c.weight == Weight.SOFT}
    answers = {posted.get(ABOUT + key): text for key, text in texts.items()}
    new = {key: text for key, text in texts.items() if text not in known}
    report.explain(
        {
            key: answers.get(about(c), new.get(key, report.explanation_of(key, c)))
            for key, c in soft.items()
        }
    )


def kept_texts(report):
    return {kept["text"] for kept in (report.explanations or {}).values()}
