"""The archive as a director types it, page by page."""

from tests.figures import ARCHIVE_FIGURES
from tuoyu.archives.sheet import archive

SHEET = archive()
FIGURES = ARCHIVE_FIGURES | {
    "institution_name": "阳光托育园",
    "unified_social_credit_code": "91350100M000100Y43",
}


def typed(name, **changes):
    """What the form of one page posts, without its edition."""
    keys = [i.key for i in SHEET.page(name).typed_in]
    values = {key: SHEET[key].typed(FIGURES.get(key)) for key in keys if key != "subsidies"}
    return values | changes
