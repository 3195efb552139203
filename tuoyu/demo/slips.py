"""What institutions get wrong in their months, and what their township writes beside it."""

from datetime import date
from typing import NamedTuple

from tuoyu.demo.places import GULOU, HUIAN, PINGTAN
from tuoyu.workflow.states import State

EVERY_TOTAL = ("enrolled", "in_care", "enr_m24_35", "enr_full_day", "enr_local_hukou")
DECEMBER, JANUARY = date(2023, 12, 1), date(2024, 1, 1)


class Slip(NamedTuple):
    """`wrong(life)` are the figures typed by mistake; `notes` {figure: what is wrong}, in which
    {in_care} stands for how many children there were."""

    wrong: object
    reason: str
    notes: dict
    explanation: str = "按实际情况填报。"

    def made(self, life, figures):
        """The Made slip in a month whose right figures these are."""
        wrong = {k: v for k, v in self.wrong(life).items() if v != figures[k]}
        marked = {key: note.format(in_care=life.in_care) for key, note in self.notes.items()}
        mended = {key: figures[key] for key in wrong}
        return Made(wrong, mended, self.reason, marked, self.explanation)


class Made(NamedTuple):
    """A slip in one month: figure by figure what was typed first, and what after the return."""

    wrong: dict
    mended: dict
    reason: str
    marked: dict
    explanation: str


def two_more(figures):
    """A boy and a girl too many, in every group."""
    more = {"enr_male": 1, "enr_female": 1} | dict.fromkeys(EVERY_TOTAL, 2)
    return {key: figures[key] + extra for key, extra in more.items()}


UNCLEAR = "填报口径有误，请对照指标解释核对"
TOO_SOON = Slip(
    lambda life: two_more(life.children() | life.breakdown()),
    "入托人数与考勤记录不符，请核对后重新提交",
    {"in_care": "月末考勤在托 {in_care} 人，次月才入托的不计", "enrolled": "与 18 一并核对"},
)
ONE_MONTH_ONLY = Slip(
    lambda life: life.as_if(left=life.gone, enrolled=life.in_care + life.gone),
    UNCLEAR,
    {"left_in_year": "只填了当月离开的人数，应从1月1日起累计"},
    "本月离开的人数已逐一核对。",
)
COURSES_COUNTED = Slip(
    lambda life: {"cg_certified": life.carers},
    UNCLEAR,
    {"cg_certified": "把培训合格证计入了，只计职业资格或技能等级证书"},
)
PER_DAY = Slip(
    lambda life: {"fee_hourly": life.fees["HOUR"] * 8},
    "保育费与公示标准不符",
    {"fee_hourly": "填的是按天的收费，请折算成每人每小时"},
    "计时托收费标准没有变动。",
)
POOR_COPY = Slip(
    lambda life: {},
    "机构名称、统一代码与证照不一致",
    {"unified_social_credit_code": "与营业执照扫描件不一致，请核对后四位"},
)
SLIPS = {
    **dict.fromkeys(
        [
            (GULOU, 2, DECEMBER),
            (GULOU, 6, DECEMBER),
            (GULOU, 23, DECEMBER),
            (HUIAN, 3, DECEMBER),
            (PINGTAN, 1, DECEMBER),
        ],
        ONE_MONTH_ONLY,
    ),
    **dict.fromkeys(
        [
            (GULOU, 15, DECEMBER),
            (GULOU, 25, DECEMBER),
            (HUIAN, 5, DECEMBER),
            (GULOU, 40, JANUARY),
        ],
        COURSES_COUNTED,
    ),
    **dict.fromkeys(
        [(GULOU, 1, DECEMBER), (HUIAN, 6, DECEMBER), (PINGTAN, 2, DECEMBER), (GULOU, 22, JANUARY)],
        PER_DAY,
    ),
    (GULOU, 20, JANUARY): TOO_SOON,  # mended by now
}


def slip_in(house, month, state):
    """The Slip of an institution in a month; who was sent a month back has made one."""
    slip = SLIPS.get((*house, month))
    return slip or (TOO_SOON if state == State.RETURNED else None)
