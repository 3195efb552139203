"""One institution's archive, made up from a seeded generator."""

from datetime import date
from decimal import Decimal
from math import ceil

from tuoyu.archives.sheet import CLASSES
from tuoyu.demo import names

KINDS = ("INDEP",) * 9 + ("KG",) * 5 + ("COMM",) * 3 + ("EMPL", "MED", "HOME")
CEILING = {"infant": 10, "junior": 15, "senior": 20, "mixed": 18}
PER_CARER = {"infant": 3, "junior": 5, "senior": 7, "mixed": 5}
FEES = {"infant": 3400, "junior": 3000, "senior": 2600, "mixed": 2700}


def archive_figures(rng, number, kind, village, county):
    """Every figure of an archive against which no hard check speaks."""
    rooms = class_figures(rng, kind)
    nature = {"KG": "NPO", "MED": "PI", "COMM": "NPO"}.get(kind, "FP")
    head, contact = names.person(rng), names.person(rng)
    place = village.full_name.replace("/", "").removeprefix("福建省")
    address = f"{place}演示路{number}号"
    return {
        **rooms,
        **staff_figures(rng, kind, rooms),
        "institution_name": names.institution_name(village.parent.name, kind, number),
        "institution_type": kind,
        "urban_rural_class": "1" if "街道" in village.parent.name else "2",
        "address": address,
        "registered_address": address,
        "approval_authority": f"{county.name}行政审批部门（演示）",
        "established_on": date(2018 + number % 5, 1 + number % 12, 1 + number % 28),
        "operator_type": {"PI": "PUB", "NPO": "PRI_AID"}.get(nature, "PRI"),
        "unified_social_credit_code": names.credit_code(nature, county.code, number),
        "legal_nature": nature,
        "is_employer_run": kind == "EMPL",
        "employer_name": "演示产业园区管理处" if kind == "EMPL" else None,
        "is_public_institution": nature == "PI",
        "legal_representative": head,
        "legal_representative_phone": names.phone(rng),
        "person_in_charge": head,
        "person_in_charge_phone": names.phone(rng),
        "contact_person": contact,
        "contact_phone": names.phone(rng),
        "registration_departments": [{"PI": "JGBZ", "NPO": "MZ"}.get(nature, "SCJG")],
        "service_modes": ["FULL"] if kind in ("KG", "HOME") else ["FULL", "HALF", "HOUR", "TEMP"],
        "rent_per_sqm": Decimal(rng.choice((0, 18, 25, 32, 40))),
        "premises_tenure": rng.choice(("OWN", "LEASE", "FREE")),
        "floor_area": Decimal(rng.randrange(180, 900)),
        "outdoor_area": Decimal(rng.randrange(40, 200)),
        "living_floors": "1-2",
        "is_active": True,
        "scope_includes_childcare": True,
        "has_own_kitchen": kind != "HOME",
        "provides_meals": True,
        "is_nationally_filed": rng.random() < 0.75,
        "hygiene_evaluation": "PASS" if rng.random() < 0.9 else "DOING",
        "quality_star": "NONE",
        "inclusive_places": rooms_total(rooms, "places") // 2 if rng.random() < 0.6 else 0,
    }


def class_figures(rng, kind):
    """Children, classes, places and fees of the four kinds of class."""
    classes = dict.fromkeys(CEILING, 0)
    if kind == "HOME":
        classes["mixed"] = 1
    elif kind == "KG":
        classes["senior"] = rng.choice((1, 2))
    else:
        classes |= {"infant": rng.choice((0, 1)), "junior": rng.choice((1, 2)), "senior": 1}
        classes["mixed"] = rng.choice((0, 0, 1))
    figures = {}
    for key, _, _ in CLASSES:
        places = classes[key] * (5 if kind == "HOME" else CEILING[key])
        figures |= {
            f"{key}_classes": classes[key],
            f"{key}_places": places,
            f"{key}_children": int(places * rng.uniform(0.5, 0.95)),
            f"{key}_fee": Decimal(FEES[key] + rng.randrange(-6, 7) * 50) if classes[key] else None,
        }
    return figures


def staff_figures(rng, kind, rooms):
    carers = sum(ceil(rooms[f"{key}_places"] / PER_CARER[key]) for key in PER_CARER)
    small = kind == "HOME"
    return {
        "managers": 1 if small else 2,
        "infant_care_workers": carers // 3,
        "childcare_workers": carers - carers // 3,
        "health_staff_ft": 0 if small else 1,
        "health_staff_pt": 1 if small else 0,
        "security_staff_ft": 0 if small else 1,
        "security_staff_pt": 0,
        "catering_staff": 1 if small else ceil(rooms_total(rooms, "places") / 50),
        "service_staff": rng.randrange(0, 3),
    }


def rooms_total(rooms, suffix):
    return sum(rooms[f"{key}_{suffix}"] for key in CEILING)
