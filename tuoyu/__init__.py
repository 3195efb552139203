"""Childcare registration and monthly reporting, township by township, county by county."""

from flask import Flask


def create_app(config=None):
    """The program. `config` is a Config object; by default it is read from the environment.

    Raises UnguardedRoute when a route does not say who may enter.
    """
    from config import Config
    from tuoyu import clock, commands, extensions, mail, rooms, web

    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.from_object(config or Config())

    clock.init_app(app)
    extensions.init_app(app)
    mail.init_app(app)
    web.init_app(app)
    rooms.open_all(app)
    commands.init_app(app)
    web.guard.insist_every_route_is_guarded(app)
    return app
