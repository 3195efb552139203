"""The three pages of the archive as forms. Every field takes a blank: what must not stay blank is
told at submission."""

from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.sheet import PAGES
from tuoyu.indicators.forms import form_for
from tuoyu.indicators.totals import Remaining

FORMS = {name: form_for(ARCHIVE.page(name)) for name, _ in PAGES}


def copy_address(form):
    """同机构地址: the registered address becomes the address as it is typed."""
    field, source = form.registered_address, form.address
    field.typed, field.data = source.typed, source.data
    field.process_errors = []


def totals_of(form):
    """{key: (number, overflow)} of what the page computes from the figures typed so far."""
    figures = form.figures
    return {
        i.key: (i.of(figures), i.excess(figures) if isinstance(i, Remaining) else 0)
        for i in form.sheet
        if not i.typed_in
    }
