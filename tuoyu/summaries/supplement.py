from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from tuoyu.summaries.wording import percent, two_places


@dataclass(frozen=True)
class Supplement:
    """补充资料. Rates are exact fractions, None when the denominator is not known."""

    SUMMED: ClassVar = (
        *("confirmed", "new", "zero", "idle", "no_change", "late", "missing", "inclusive_places"),
        *("infant_places", "junior_places", "senior_places", "mixed_places"),
    )

    due: int = 0
    confirmed: int = 0
    infant_places: int = 0
    junior_places: int = 0
    senior_places: int = 0
    mixed_places: int = 0
    inclusive_places: int = 0
    places_per_thousand: Fraction | None = None
    enrolment_rate: Fraction | None = None
    usage_rate: Fraction | None = None
    new: int = 0
    closed: int = 0
    zero: int = 0
    idle: int = 0
    no_change: int = 0
    late: int = 0
    missing: int = 0

    def __str__(self):
        per_thousand = two_places(self.places_per_thousand)
        if self.places_per_thousand is not None:
            per_thousand += "个（按2020年人口普查常住人口）"
        return (
            f"应报{self.due}家、已确认{self.confirmed}家；"
            f"乳儿班托位{self.infant_places}个、托小班{self.junior_places}个、"
            f"托大班{self.senior_places}个、混合班{self.mixed_places}个；普惠托位{self.inclusive_places}个；"
            f"每千人口托位数{per_thousand}；"
            f"入托率{percent(self.enrolment_rate)}；托位使用率{percent(self.usage_rate)}；"
            f"本月新增机构{self.new}家、终止{self.closed}家；零入托{self.zero}家、停业{self.idle}家、"
            f"无变动{self.no_change}家；迟报{self.late}家；未报{self.missing}家。"
        )
