"""Lists that are shown page by page."""

from flask import request

from tuoyu.extensions import db

MOST_PAGES = 100_000


def one_page(statement, size):
    """The page of the rows that the address asks for; empty where there is none."""
    number = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    return db.paginate(statement, page=number, per_page=size, error_out=False)
