"""Which office answers for a place, as its name stands on papers and in the trail of review."""

from tuoyu.regions.models import Level

TOWNSHIP_OFFICES = (("街道", "办事处"), ("镇", "人民政府"), ("乡", "人民政府"))


def office_of(name, level, parent_name):
    """The office of the region `name` at `level`; "" for villages, which have none.

    Districts are named with their city, as districts of two cities may share a name; counties and
    county-level cities stand alone.
    """
    if level == Level.PROVINCE or level == Level.CITY:
        return f"{name}卫生健康委员会"
    if level == Level.COUNTY:
        return f"{parent_name if name.endswith('区') else ''}{name}卫生健康局"
    if level == Level.TOWNSHIP:
        return name + next((office for end, office in TOWNSHIP_OFFICES if name.endswith(end)), "")
    return ""
