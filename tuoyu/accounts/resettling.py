"""The accounts of an institution stand where it stands."""

from sqlalchemy import select

from tuoyu.accounts.models import User
from tuoyu.extensions import db
from tuoyu.institutions.changes import follows_a_move


@follows_a_move
def move_accounts(change):
    """Take the institution's accounts along to its new village."""
    own = select(User).where(User.institution_id == change.institution_id)
    for user in db.session.scalars(own):
        user.region_code = change.institution.region.code
        user.region_path = change.institution.region.path
