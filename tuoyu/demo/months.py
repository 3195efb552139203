"""One institution's life, month by month: children come and go, staff changes a little."""

from copy import copy
from decimal import Decimal

from tuoyu.archives.sheet import CLASSES
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.sheet import USUAL_CATEGORY

MODES = {
    "FULL": ("enr_full_day", "fee_full_day", None),
    "HALF": ("enr_half_day", "fee_half_day", Decimal("1600")),
    "HOUR": ("enr_hourly", "fee_hourly", Decimal("35")),
    "TEMP": ("enr_temporary", "fee_temporary", Decimal("40")),
}


class Life:
    """Walk through the months with `next_month(month)`; each answer holds together."""

    def __init__(self, rng, archive, uncertified=False):
        self.rng = rng
        self.archive = archive
        self.places = sum(archive[f"{key}_places"] for key, _, _ in CLASSES)
        self.in_care = self.usual = sum(archive[f"{key}_children"] for key, _, _ in CLASSES)
        self.gone = 0  # of this month
        self.left = rng.randrange(0, max(2, self.in_care // 4))
        self.enrolled = self.in_care + self.left
        self.share = rng.choice((0, 0, 0.4, 0.6, 1)) if archive["inclusive_places"] else 0
        self.fees = {mode: self.fee(mode) for mode in archive["service_modes"]}
        self.carers = archive["infant_care_workers"] + archive["childcare_workers"]
        self.certified = self.carers - (2 if uncertified and self.carers > 2 else 0)

    def fee(self, mode):
        usual = MODES[mode][2]
        fees = [f for f in (self.archive[f"{key}_fee"] for key, _, _ in CLASSES) if f is not None]
        return usual if usual is not None else min(fees)

    def next_month(self, month, declared=None):
        """The figures of this month as a mapping of column to value."""
        if month.month == 1:
            self.enrolled, self.left = self.in_care, 0
        self.gone, come = 0, 0
        if declared is None:
            self.gone, come = self.passage()
        elif declared != Declaration.NO_CHANGE:
            self.gone = self.in_care
        self.enrolled += come
        self.left += self.gone
        self.in_care += come - self.gone
        return {
            "institution_category": USUAL_CATEGORY[self.archive["institution_type"]],
            **self.staff(),
            **self.children(),
            **self.breakdown(),
        }

    def passage(self):
        """How many leave, and how many come; all places fill at once when nobody was there."""
        if not self.in_care:
            return 0, self.usual
        gone = min(self.rng.randrange(0, 3), self.in_care - 1)
        return gone, min(self.rng.randrange(0, 4), self.places - self.in_care + gone)

    def as_if(self, **numbers):
        """The figures of the children if these numbers were others."""
        other = copy(self)
        vars(other).update(numbers)
        return {**other.children(), **other.breakdown()}

    def staff(self):
        carers = self.carers
        guards = self.archive["security_staff_ft"]
        ages = self.split(carers, (0, 3, 4, 2, 0.4))
        schooling = self.split(carers, (0, 2, 5, 2))
        age_keys = ("16_20", "21_25", "26_35", "36_50", "51_plus")
        school_keys = ("junior_or_below", "senior_secondary", "college", "bachelor_or_above")
        return {
            "ft_staff": carers + guards + self.archive["managers"],
            "ft_caregivers": carers,
            "ft_guards": guards,
            **{f"cg_age_{key}": n for key, n in zip(age_keys, ages, strict=True)},
            **{f"cg_edu_{key}": n for key, n in zip(school_keys, schooling, strict=True)},
            "cg_trained_childcare": carers,
            "cg_trained_fire": carers,
            "cg_certified": self.certified,
            "guards_certified": guards,
        }

    def children(self):
        in_care, left = int(self.in_care * self.share), int(self.left * self.share)
        return {
            "enrolled": self.enrolled,
            "in_care": self.in_care,
            "left_in_year": self.left,
            "incl_enrolled": in_care + left,
            "incl_in_care": in_care,
            "incl_left_in_year": left,
        }

    def breakdown(self):
        male, female = self.split(self.enrolled, (52, 48))
        local, other = self.split(self.enrolled, (7, 3))
        baby, toddler, older = self.split(self.enrolled, self.age_weights())
        modes = self.split(self.enrolled, tuple((9, 1, 0.4, 0.2)[: len(self.fees)]))
        by_mode = dict(zip(self.fees, modes, strict=True))
        figures = {
            "enr_male": male,
            "enr_female": female,
            "enr_m0_11": baby,
            "enr_m12_23": toddler,
            "enr_m24_35": older,
            "enr_local_hukou": local,
            "enr_nonlocal_hukou": other,
        }
        for mode, (children, fee, _) in MODES.items():
            figures[children] = by_mode.get(mode, 0)
            figures[fee] = self.fees.get(mode, Decimal(0))
        return figures

    def age_weights(self):
        if self.archive["institution_type"] == "KG":
            return (0, 0, 1)
        return (1 if self.archive["infant_classes"] else 0, 3, 5)

    def split(self, total, weights):
        """Whole parts in about these proportions that add up to the total."""
        whole = sum(weights)
        parts = [int(total * weight / whole) for weight in weights]
        parts[weights.index(max(weights))] += total - sum(parts)
        return parts
