"""回执: to look at, to print, and to be checked by whoever is shown one."""

from hmac import compare_digest

import segno
from flask import Blueprint, request, url_for
from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.accounts.throttle import insist_may_knock
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.indicators.normal import half_width, plain
from tuoyu.web.guard import open_to, public
from tuoyu.web.pages import page
from tuoyu.web.printing import as_pdf
from tuoyu.workflow.proofs import told_to
from tuoyu.workflow.receipts import Receipt, find_receipt, number_from

bp = Blueprint("receipts", __name__, url_prefix="/receipts")
CHECKS = "RECEIPT_CHECKS_PER_ADDRESS"
bp.record_once(lambda setup: setup.app.config.setdefault(CHECKS, "20 per minute; 200 per hour"))
SUBMITTED = Markup('{} <a href="{}">打印回执</a>（{}）')


@bp.get("/")
@public
def check():
    """Whether a receipt is genuine. Whoever has not both number and check code learns nothing,
    not even which of the two is wrong."""
    number, code = (plain(request.args.get(name, "")) for name in ("number", "code"))
    if not (number or code):
        return page("workflow/check.html")
    insist_may_knock(CHECKS)
    receipt = genuine(number, code)
    told = told_to(current_user, receipt) if receipt else None
    context = {"asked": (number, code), "receipt": receipt, "told": told}
    return page("workflow/check.html", **context), 200 if receipt else 404


@bp.get("/<number>")
@open_to(Role.INSTITUTION, *OFFICERS)
def show(number):
    receipt = find_receipt(number)
    return page("workflow/receipt.html", **drawn(receipt), told=told_to(current_user, receipt))


@bp.get("/<number>/receipt.pdf")
@open_to(Role.INSTITUTION, *OFFICERS)
def pdf(number):
    receipt = find_receipt(number)
    name = f"{receipt.institution_name}_{receipt.title}_回执_{receipt.number}.pdf"
    return as_pdf("workflow/receipt_pdf.html", name, **drawn(receipt))


def genuine(number, code):
    """The receipt of this number and check code, or None."""
    wanted = select(Receipt).where(Receipt.number == number_from(number))
    receipt = db.session.scalar(wanted.options(joinedload(Receipt.step)))
    typed = half_width(code[:40]).upper().encode()
    return receipt if receipt and compare_digest(typed, receipt.check_code.encode()) else None


def drawn(receipt):
    """What the receipt on paper needs to be drawn."""
    known = {"number": receipt.number, "code": receipt.check_code}
    address = url_for("receipts.check", _external=True, **known)
    return {
        "receipt": receipt,
        "address": url_for("receipts.check", _external=True),
        "square": Markup(
            segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True)
        ),
        "printed_at": now(),
    }


def said_with_receipt(sentence, step):
    """The sentence after a submission, with the way to the receipt."""
    receipt = step.receipt
    address = url_for("receipts.show", number=receipt.number)
    return SUBMITTED.format(sentence, address, receipt.number)
