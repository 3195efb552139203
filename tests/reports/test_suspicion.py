"""Where a director is sent when two sums do not agree: never further than the figures tell."""

import pytest

from tests.figures import REPORT_FIGURES
from tests.reports.samples import month_before
from tuoyu.reports.running import Sums

BLANK = {"enr_male": None}


def suspected(check_id, figures, last=None):
    """(figure to go to, words) of the one sum with this id that is wrong."""
    sums = Sums(REPORT_FIGURES | figures, "enrolled", last)
    [found] = [s for balance, s in sums.wrong if balance.check.id == check_id]
    return found


@pytest.mark.parametrize(("figures", "check_id", "figure", "words"), [
    # nothing is known beyond the two sides
    ({"enr_m12_23": 21, "enr_male": 30}, "H14", "enr_m0_11", "请核对 25—27 各项，或 17 入托数"),
    ({"incl_in_care": 26}, "H11", "incl_in_care", "请核对 21、22，或 20 普惠托位入托数"),
    ({"incl_in_care": 49}, "H12", "incl_in_care", "请核对 21 普惠托位年末在托数，或 18 年末在托数"),
    ({"ft_staff": 12}, "H03", "ft_caregivers", "请核对 02、03，或 01 全职从业人员数"),
    # everything else agrees with the same figure: the parts are in doubt
    ({"enr_m12_23": 21}, "H14", "enr_m0_11", "其余各组合计与 17 相符，请核对 25—27 各项"),
    ({"cg_age_26_35": 6}, "H04", "cg_age_16_20", "保育人员学历合计与 02 相符，请核对 04—08 各项"),
    # everything comes to one other number: the figure itself is in doubt
    ({"enrolled": 61}, "H14", "enrolled", "其余各组合计也是 60，请先核对 17 入托数"),
    ({"cg_age_26_35": 6, "cg_edu_college": 7}, "H04", "ft_caregivers",
     "保育人员学历合计也是 13，请先核对 02 全职保育人员数"),
    # what is not typed yet proves nothing
    ({"enr_m12_23": 21, "in_care": None, "enr_hourly": None, "enr_local_hukou": None} | BLANK,
     "H14", "enr_m0_11", "请核对 25—27 各项，或 17 入托数"),
])  # fmt: skip
def test_the_other_sums_narrow_it(figures, check_id, figure, words):
    assert suspected(check_id, figures) == (figure, words)


@pytest.mark.parametrize(("now", "before", "figure", "words"), [
    # of this group one figure alone is another than last month
    ({"enr_m12_23": 21}, {}, "enr_m12_23", "只有 26 与上月不同（20 → 21），请先核对"),
    ({"enrolled": 61}, {}, "enrolled", "只有 17 与上月不同（60 → 61），请先核对"),
    # several are, and one of them by the very gap
    ({"enr_m0_11": 7, "enr_m12_23": 22, "enr_m24_35": 34, "enrolled": 61}, {}, "enr_m12_23",
     "26 比上月多 2，与相差数相同，请先核对"),
    # two by the gap: nobody knows which
    ({"enr_m0_11": 7, "enr_m12_23": 21, "enrolled": 61}, {}, "enr_m0_11", "请核对 25—27 各项，或 17 入托数"),
    # last month itself did not agree, or was not finished
    ({"enr_m12_23": 21, "enr_male": 30}, {"enr_m24_35": 30}, "enr_m0_11", "请核对 25—27 各项，或 17 入托数"),
    ({"enr_m12_23": 21, "enr_male": 30}, {"enr_m24_35": None}, "enr_m0_11", "请核对 25—27 各项，或 17 入托数"),
])  # fmt: skip
def test_the_month_before_narrows_it(now, before, figure, words):
    assert suspected("H14", now, month_before(**before)) == (figure, words)


def test_what_is_blank_can_still_add_up():
    wrong = {b.check.id for b, _ in Sums(REPORT_FIGURES | BLANK, "enrolled").wrong}
    assert "H13" not in wrong
    too_many = REPORT_FIGURES | BLANK | {"enr_female": 61}
    assert "H13" in {b.check.id for b, _ in Sums(too_many, "enrolled").wrong}
    assert Sums(dict.fromkeys(REPORT_FIGURES), "enrolled").wrong == []
