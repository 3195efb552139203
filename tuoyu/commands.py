"""What an operator types: `flask import-regions`, `flask load-dictionaries`, …"""

import click
from flask.cli import with_appcontext

from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking


def init_app(app):
    from tuoyu.accounts.commands import create_officer_command, reset_password_command
    from tuoyu.demo.commands import demo_accounts_command, seed_demo_command
    from tuoyu.institutions.commands import settle_changes_command
    from tuoyu.production import check_production
    from tuoyu.regions.commands import import_regions_command

    for command in (
        import_regions_command,
        load_dictionaries_command,
        create_officer_command,
        reset_password_command,
        seed_demo_command,
        demo_accounts_command,
        settle_changes_command,
    ):
        app.cli.add_command(command)
    app.cli.command("check-production")(check_production)


@click.command("load-dictionaries")
@with_appcontext
def load_dictionaries_command():
    """Options, parameters, holidays and periods of data/; again without harm."""
    from tuoyu.dictionaries.loading import load_dictionaries
    from tuoyu.reports.calendar import load_calendar

    with looking(EVERYWHERE):
        added = load_dictionaries()
        db.session.flush()
        holidays, periods = load_calendar()
        db.session.commit()
    click.echo(f"新增选项和参数 {added} 项、节假日 {holidays} 天、报告期 {periods} 个。")
