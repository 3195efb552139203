"""回执: the institution's proof that a paper was handed in, when, and with which figures.

Its number and check code can be asked about by anybody (workflow/views.py); the digest tells
whether the figures in the system are still those that were handed in (workflow/proofs.py).
"""

import hashlib
import json
import re
import secrets
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DateTime, ForeignKey, String, select
from sqlalchemy.orm import Mapped, backref, joinedload, mapped_column, relationship

from tuoyu.clock import beijing
from tuoyu.extensions import db
from tuoyu.indicators.normal import half_width
from tuoyu.institutions.models import OfInstitution
from tuoyu.web.printing import check_code
from tuoyu.workflow.history import Step

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


class Receipt(OfInstitution, db.Model):
    """What one submission is known by. Frozen: nothing of it changes, whatever becomes of the
    paper, the institution's name or the calendar."""

    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey(Step.id), unique=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    title: Mapped[str] = mapped_column(String(60))  # of the paper: 2023年6月月报
    version: Mapped[int]
    institution_name: Mapped[str] = mapped_column(String(100))
    unified_social_credit_code: Mapped[str] = mapped_column(String(18))
    submitted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    first_submitted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    days_late: Mapped[int | None]  # None: there is no deadline for this kind of paper
    township_due: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    county_due: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    digest: Mapped[str] = mapped_column(String(64))

    step: Mapped[Step] = relationship(backref=backref("receipt", uselist=False))

    @property
    def check_code(self):
        """What is asked for beside the number; nobody can make it up."""
        return check_code(["receipt", self.number, self.digest])

    @property
    def is_first(self):
        return self.submitted_at == self.first_submitted_at


class Receipted:
    """A paper whose submissions are answered with a receipt if it sets `receipt_mark`, what the
    number begins with, and `title`."""

    receipt_mark = None
    county_due = None
    days_late = None  # None: nothing is late that has no deadline
    enclosed = None  # what is handed in besides the figures, as plain data


def issue(paper, step):
    """The receipt of the submission `step`; for a kind of paper that has none, None."""
    if not paper.receipt_mark:
        return None
    receipt = Receipt(
        institution_id=paper.institution_id,
        region_path=paper.region_path,
        number=new_number(paper.receipt_mark),
        title=paper.title,
        version=paper.version,
        institution_name=paper.institution.name,
        unified_social_credit_code=paper.institution.unified_social_credit_code,
        submitted_at=paper.submitted_at,
        first_submitted_at=paper.first_submitted_at,
        days_late=paper.days_late,
        township_due=paper.township_due,
        county_due=paper.county_due,
    )
    receipt.digest = digest_of(paper, receipt, step)
    receipt.step = step
    db.session.add(receipt)
    return receipt


def new_number(mark):
    """TY-202306-8F3A-22C7: readable over the telephone, and not to be guessed."""
    eight = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"TY-{mark}-{eight[:4]}-{eight[4:]}"


def number_from(text):
    """The number as it is kept, from what somebody typed: small letters, other dashes, none."""
    bare = re.sub("[^0-9A-Z]", "", half_width(text[:60]).upper())
    return f"{bare[:2]}-{bare[2:-8]}-{bare[-8:-4]}-{bare[-4:]}"


def digest_of(paper, receipt, step):
    """SHA-256 over who handed in what and when, and over everything the paper says now. It is the
    receipt's digest as long as the paper says what it said then."""
    said = {
        "who": [receipt.institution_id, receipt.unified_social_credit_code, step.by_id],
        "what": [receipt.number, receipt.title, receipt.version],
        "when": beijing(receipt.submitted_at).isoformat(),
        "figures": {i.key: getattr(paper, i.key) for i in paper.sheet.typed_in},
        "explanations": paper.explanations or {},
        "enclosed": paper.enclosed,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=canonical)
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value):
    """2800 and 2800.00 are one amount; a day is written as 2023-07-16."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return (beijing(value) if isinstance(value, datetime) else value).isoformat()
    raise TypeError(f"{value!r} has no place in a digest")


def receipt_of(step):
    """The receipt of one step, None when it is no submission."""
    return step.receipt


def newest_receipts(papers):
    """{paper id: its newest Receipt} of papers of one kind, in one statement."""
    if not papers:
        return {}
    key = getattr(Step, papers[0].step_key)
    issued = select(key, Receipt).join(Receipt.step).where(key.in_([p.id for p in papers]))
    return dict(list(db.session.execute(issued.order_by(Receipt.id))))


def newest_receipt(paper):
    """The receipt of the last submission, None before the first."""
    return newest_receipts([paper]).get(paper.id) if paper else None


def last_receipt(institution):
    """The receipt of whatever it handed in last, None before that."""
    own = select(Receipt).where(Receipt.institution_id == institution.id)
    return db.session.scalar(own.order_by(Receipt.submitted_at.desc(), Receipt.id.desc()).limit(1))


def find_receipt(number):
    """The receipt, if the person may see it; 404 otherwise."""
    wanted = select(Receipt).where(Receipt.number == number_from(number))
    return db.one_or_404(wanted.options(joinedload(Receipt.step)))
