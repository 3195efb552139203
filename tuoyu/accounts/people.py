"""How a person comes into the system: by registration, by command, in the demo and the tests."""

from uuid import uuid4

from flask_security import hash_password

from tuoyu.accounts.models import User
from tuoyu.extensions import db


def new_user(
    role, username, display_name, password, region=None, institution=None, mobile=None, email=None
):
    """Add and answer the User; the password is hashed. A director stands where the institution
    does when no region is given."""
    region = region or (institution.region if institution else None)
    user = User(
        role=role,
        username=username,
        display_name=display_name,
        password=hash_password(password),
        fs_uniquifier=uuid4().hex,
        region=region,
        region_path=region and region.path,
        institution=institution,
        mobile=mobile,
        email=email,
    )
    db.session.add(user)
    return user
