"""What an operator types: `flask import-regions`, `flask load-dictionaries`, …"""

import click
from flask import Flask

from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking


def init_app(app: Flask):
    from tuoyu.dictionaries.loading import load_dictionaries
    from tuoyu.reports.calendar import load_calendar

    @app.cli.command("load-dictionaries")
    def load():
        """Options, parameters, holidays and periods; again without harm."""
        with looking(EVERYWHERE):
            added = load_dictionaries()
            db.session.flush()
            holidays, periods = load_calendar()
            db.session.commit()
        click.echo(f"{added} options and parameters, {holidays} holidays, {periods} periods added")
