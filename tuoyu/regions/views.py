from flask import Blueprint, request

from tuoyu.regions.picker import Picker
from tuoyu.web.guard import public
from tuoyu.web.pages import page, parts

CHOOSE = "regions/choose.html"

bp = Blueprint("regions", __name__, url_prefix="/regions")


@bp.get("/choose")
@public
def choose():
    """Choose a village or community: the whole page, or the picker inside another page's form.

    Reads `parent` (codes on the way down), `q` (typed words), `next` (the page that asked), `name`
    (the field to fill there) and `chosen` (what that field holds now).
    """
    picker = Picker.from_args(request.args)
    if picker.is_done:
        return parts(CHOOSE, "region_picker", otherwise=picker.way_back, picker=picker)
    return page(CHOOSE, picker=picker)
