import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from tuoyu.demo.people import PASSWORD, accounts_shown
from tuoyu.demo.story import MARK, tell
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.scope import EVERYWHERE, looking


@click.command("seed-demo")
@with_appcontext
def seed_demo_command():
    """Fill an empty database with synthetic institutions on the real map; only for the demo."""
    if not current_app.config["DEMO"]:
        raise click.ClickException("Demo data only where TUOYU_DEMO=1 is set.")
    with looking(EVERYWHERE):
        if db.session.scalar(select(Parameter.key).where(Parameter.key == MARK)):
            click.echo("演示数据已在，未作改动。")
            return
        if db.session.scalar(select(Institution.id).limit(1)):
            raise click.ClickException("This database already holds institutions.")
        institutions, reports = tell(progress=lambda name: click.echo(f"  {name}"))
        db.session.commit()
    click.echo(f"演示数据：机构 {institutions} 家，月报 {reports} 份。")


@click.command("demo-accounts")
@with_appcontext
def demo_accounts_command():
    """The accounts of the demo, all with one password."""
    with looking(EVERYWHERE):
        for what, username, person, office in accounts_shown():
            click.echo(f"  {username:<12} {what}  {office}  {person}")
    click.echo(f"  以上账号密码均为 {PASSWORD}")
