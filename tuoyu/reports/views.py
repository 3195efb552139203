from flask import Blueprint

from tuoyu.reports import models  # noqa: F401

bp = Blueprint("reports", __name__)
