import secrets
import string

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from tuoyu.accounts.events import Event, note
from tuoyu.accounts.history import change_password
from tuoyu.accounts.models import OFFICERS, Role, User
from tuoyu.accounts.names import a_free_email, a_free_mobile, a_free_username
from tuoyu.accounts.passwords import complaints, names_of
from tuoyu.accounts.people import new_user
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.models import Region
from tuoyu.scope import EVERYWHERE, looking

ROLES = [role.value for role in (*OFFICERS, Role.SYSADMIN)]
LEGIBLE = "".join(set(string.ascii_letters + string.digits) - set("0O1lI"))


@click.command("create-officer")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--region", "region_code", help="Code of the office's region; none for a sysadmin.")
@click.option("--username", required=True)
@click.option("--name", required=True, help="The officer's name, as it stands on steps.")
@click.option("--mobile")
@click.option("--email")
@click.option("--generate", is_flag=True, help="Make a password and print it, instead of asking.")
@with_appcontext
def create_officer_command(role, region_code, username, name, mobile, email, generate):
    """Create the account of a township, county, city, province or system officer.

    The region's level must be that of the role; a functional zone and 平潭 are counties. Whoever
    signs in first with the password must choose another one.
    """
    try:
        with db.session.begin(), looking(EVERYWHERE):
            email = checked_names(username, mobile, email)
            region = region_with(region_code)
            about = {"username": username, "mobile": mobile, "email": email}
            password = generated(about) if generate else asked(about)
            user = new_user(Role(role), username, name, password, region, None, mobile, email)
            user.must_change = True
            db.session.flush()
            note(Event.INVITED, user)
            click.echo(f"已创建账号 {username}：{user.office}，{name}（{user.role.label}）。")
    except NotAcceptable as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if generate:
        click.echo(f"初始密码（只显示这一次）：{password}")


@click.command("reset-password")
@click.option("--username", required=True)
@click.option("--reason", required=True, help="Who asked, and how that was verified.")
@with_appcontext
def reset_password_command(username, reason):
    """Make a password for an account and print it once, when no office can help any more. Sessions
    end, a lock is taken off, and whoever signs in must choose another password."""
    try:
        with db.session.begin(), looking(EVERYWHERE):
            user = account_with(username)
            password = generated(names_of(user))
            change_password(user, password, must_change=True)
            note(Event.RESET, user, reason)
            click.echo(f"已重置 {username}：{user.office}，{user.display_name}。")
    except NotAcceptable as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"临时密码（只显示这一次）：{password}")


def account_with(username):
    """The User of this username; raises NotAcceptable when there is none or it is closed."""
    named = func.lower(User.username) == username.lower()
    user = db.session.scalar(select(User).where(named))
    if user is None or not user.active:
        raise NotAcceptable(f"没有账号 {username}，或该账号已停用")
    return user


def checked_names(username, mobile, email):
    """The e-mail as it is kept, if any; raises NotAcceptable when one of the names is malformed or
    belongs to another account."""
    a_free_username(username)
    if mobile:
        a_free_mobile(mobile)
    return a_free_email(email) if email else None


def region_with(code):
    """The Region, valid today; None when no code is given. Raises NotAcceptable."""
    if code is None:
        return None
    region = db.session.scalar(select(Region).where(Region.code == code, Region.offered()))
    if region is None:
        raise NotAcceptable(f"没有代码为 {code} 的区域，或该区域不参加填报")
    return region


def asked(about):
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再次输入密码")
    if faults := complaints(password, **about):
        raise NotAcceptable("；".join(faults))
    return password


def generated(about):
    """A password of three groups that the policy takes: kR7m-Tq2x-9wEf."""
    while True:
        groups = ["".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(3)]
        if not complaints(password := "-".join(groups), **about):
            return password
