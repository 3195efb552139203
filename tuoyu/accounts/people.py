"""How an account comes to be."""

from uuid import uuid4

from sqlalchemy import select

from tuoyu.accounts.models import LEVEL_OF, Role, User
from tuoyu.accounts.names import insist_free
from tuoyu.accounts.passwords import hashed
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable


def new_user(
    role,
    username,
    display_name,
    password,
    region=None,
    institution=None,
    mobile=None,
    email=None,
):
    """A new account, in the session but not yet saved: an officer stands at `region`, a director
    at `institution`, a sysadmin nowhere.

    The first account of an institution is its main one. Raises NotAcceptable when a name is taken
    or the region does not fit the role. How a name and
    a password must look is asked at the doors: registration and `flask create-officer`.
    """
    region = institution.region if institution else region
    insist_it_fits(role, region, institution)
    for name, what in ((username, "登录账号"), (mobile, "手机号"), (email, "邮箱")):
        if name:
            insist_free(name, what)
    user = User(
        role=role,
        username=username,
        display_name=display_name,
        password=hashed(password),
        fs_uniquifier=uuid4().hex,
        mobile=mobile or None,
        email=email or None,
        region=region,
        region_path=region and region.path,
        institution=institution,
        is_main=bool(institution) and main_account(institution) is None,
    )
    db.session.add(user)
    return user


def main_account(institution):
    """The User who leads the institution's accounts, or None."""
    leads = User.institution_id == institution.id, User.is_main, User.active
    return db.session.scalar(select(User).where(*leads)) if institution.id else None


def officer(role, region, username, display_name, password, **contact):
    """A new account of a township, county, city or province; a zone is a county."""
    return new_user(role, username, display_name, password, region=region, **contact)


def director(institution, username, display_name, password, **contact):
    """A new account of an institution, in the village where it lies."""
    return new_user(
        Role.INSTITUTION, username, display_name, password, institution=institution, **contact
    )


def insist_it_fits(role, region, institution):
    """Raise NotAcceptable unless the region is of the level where this role has its office."""
    level = LEVEL_OF.get(role)
    if (region.level if region else None) != level:
        where = region.full_name if region else "没有区域"
        raise NotAcceptable(f"{where}：与角色“{role.label}”的区域级别不符")
    if bool(institution) != (role == Role.INSTITUTION):
        raise NotAcceptable("只有托育机构的账号属于机构")
