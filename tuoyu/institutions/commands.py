import click
from flask.cli import with_appcontext

from tuoyu.extensions import db
from tuoyu.institutions.changes import bring_into_effect


@click.command("settle-changes")
@with_appcontext
def settle_changes_command():
    """Bring the moves, pauses and closings of institutions that are due by today into effect."""
    with db.session.begin():
        told = [f"{change.institution.name}：{change.label}" for change in bring_into_effect()]
    click.echo(f"已生效的机构变更 {len(told)} 项。")
    for line in told:
        click.echo(line)
