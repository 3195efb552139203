from flask import Blueprint

from tuoyu.archives import models  # noqa: F401

bp = Blueprint("archives", __name__)
