"""An institution registers itself (Manual 1.2)."""

from sqlalchemy import func, select

from tuoyu.accounts import privacy
from tuoyu.accounts.people import director
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.branches import use_permit
from tuoyu.institutions.models import Institution
from tuoyu.regions.pinyin import initials

DESK = 1310  # the number of the lock that lets one registration through at a time


def one_at_a_time():
    """Wait for the registrations under way: two of them never take the same name or the same
    code. Held until the request is committed or refused."""
    db.session.execute(select(func.pg_advisory_xact_lock(DESK)))


def register(region, institution_name, code, **account):
    """A new institution in the village `region` and its first account, who has agreed to the
    notice. Answers the User; raises NotAcceptable as `new_user` does."""
    institution = Institution(
        name=institution_name, initials=initials(institution_name), unified_social_credit_code=code
    )
    institution.settle_in(region)
    user = director(institution, **account)
    user.privacy_consent_at = now()
    user.privacy_notice_version = privacy.VERSION
    db.session.flush()
    use_permit(institution)
    return user
