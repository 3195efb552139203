"""What a month shows of the institution's archive: read only, frozen when it was submitted."""

from tuoyu.archives.sheet import CLASSES

READINGS = (
    "institution_name",
    "unified_social_credit_code",
    "address",
    "institution_type",
    "legal_nature",
    "person_in_charge",
    "contact_person",
    "service_modes",
    "is_nationally_filed",
    "hygiene_evaluation",
    "has_medical_contract",
)


def snapshot(archive, region_name):
    """(label, words[, unit]) of the archive beside the month, and the classes with their places.

    `region_name` is the full path of the region the month lies in.
    """
    readings = [(archive.sheet[key].label, words(archive, key)) for key in READINGS]
    readings.insert(2, ("所属区域", region_name))
    classes = [
        (
            name,
            f"{getattr(archive, f'{key}_classes')} 个班，托位 {getattr(archive, f'{key}_places')} 个",
        )
        for key, name, _ in CLASSES
    ]
    places = [
        ("托位总数", archive.places_total, "个"),
        ("普惠托位数", archive.inclusive_places, "个"),
    ]
    return [*readings, *classes, *places]


def words(archive, key):
    return archive.sheet[key].show(getattr(archive, key))
