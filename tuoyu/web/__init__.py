"""The hall: HTTP manners. Knows no childcare."""

from tuoyu.web import (
    daily,
    delivery,
    errors,
    filters,
    guard,
    pages,
    security_headers,
    sizes,
    transaction,
)


def init_app(app):
    for manner in (
        daily,
        guard,
        transaction,
        errors,
        pages,
        filters,
        security_headers,
        delivery,
        sizes,
    ):
        manner.init_app(app)
