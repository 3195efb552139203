"""Every check of the archive at its boundary, through the form: a director types the figures that
just pass and those that just fail, opens the page of the checks, and reads both numbers."""

from io import BytesIO
from typing import NamedTuple

import pytest

from tests.archives.test_pictures import picture
from tests.archives.typing import SHEET, typed
from tuoyu.archives.checks import ARCHIVE
from tuoyu.indicators.checks import Weight
from tuoyu.workflow.states import State

WEIGHTS = {check.id: check.weight for check in ARCHIVE.checks}
CHILDREN = ("infant_children", "junior_children", "senior_children", "mixed_children")
CLASSES = {"infant": ("乳儿班", 10), "junior": ("托小班", 15), "senior": ("托大班", 20), "mixed": ("混合班", 18)}  # fmt: skip
NOBODY = dict.fromkeys(CHILDREN, "0")
ALONE = {"infant_care_workers": "0", "childcare_workers": "1"}
PART_TIME = {"health_staff_ft": "0", "health_staff_pt": "1"}
HOME = {"institution_type": "HOME"}


class Row(NamedTuple):
    """What is typed that is just `fine` and just `wrong`, and what is said of the latter;
    `besides` is typed in both."""

    id: str
    fine: dict
    wrong: dict
    said: str
    besides: dict = {}


def one(check_id, key, fine, wrong, said, besides=None):
    return Row(check_id, {key: fine}, {key: wrong}, said, besides or {})


ROWS = [
    *(one(f"HA3_{key}", key, fine, wrong, said) for key, fine, wrong, said in (
        ("contact_phone", "0591-8776110", "0591-877611", "应为 11 位手机号"),
        ("person_in_charge_phone", "13000000000", "12000000000", "应为 11 位手机号"),
        ("legal_representative_phone", "0591-87761106-123456", "0591-87761106-1234567", "或带区号的固定电话"),
    )),
    one("HA2", "unified_social_credit_code", "91350100M000100Y43", "91350100M000100Y4", "应为 18 位统一社会信用代码，且校验位正确，现有 17 位"),
    one("HA2", "unified_social_credit_code", "91350100m000100y43", "91350100M000100Y44", "且校验位正确，现有 18 位"),
    one("HA4", "established_on", "2023-07-16", "2023-07-17", "机构成立时间应在 1949-10-01 至今天之间"),
    one("HA4", "established_on", "1949-10-01", "1949-09-30", "机构成立时间应在 1949-10-01 至今天之间"),
    *(Row(f"HA6_{key}", {f"{key}_classes": "1"}, {f"{key}_classes": "0"},
          f"{name}有 1 名婴幼儿、0 个托位，班级数应至少为 1，现为 0",
          {f"{key}_children": "1", f"{key}_places": "0"}) for key, (name, _) in CLASSES.items()),
    Row("HA6_infant", {"infant_classes": "1"}, {"infant_classes": "0"}, "乳儿班有 0 名婴幼儿、1 个托位", {"infant_children": "0", "infant_places": "1"}),
    *(one(f"HA6_{key}_places", f"{key}_places", "1", "0", f"{name}有 1 个班，可提供托位应至少为 1，现为 0") for key, (name, _) in CLASSES.items()),
    *(one(f"H02_{key}_fee", f"{key}_fee", "0", "", f"{name}有 1 个班，收费标准没有填写，不收费的填 0") for key, (name, _) in CLASSES.items()),
    one("HA7", "inclusive_places", "63", "64", "普惠托位数 64 大于机构可提供托位总数 63，多 1"),
    one("HA7_under2", "mixed_children_under2", "10", "11", "混合班中2周岁以下人数 11 大于混合班实际人数（18-36个月） 10，多 1"),
    one("SA1", "registration_departments", ["SCJG"], ["JY"], "以 91 开头，登记部门一般是市场监督管理部门，现填教育部门"),
    one("SA1", "registration_departments", ["MZ"], ["JGBZ"], "以 52 开头，登记部门一般是民政部门，现填机构编制部门", {"unified_social_credit_code": "52350100M000100Y44"}),
    one("SA3", "longitude", "115.8", "115.799999", "经度 115.799999、纬度 28.400000 不在福建省范围内（经度 115.8—120.8", {"latitude": "28.4"}),
    one("SA3", "latitude", "23.5", "23.499999", "经度 120.800000、纬度 23.499999 不在福建省范围内", {"longitude": "120.8"}),
    one("SA5", "lease_until", "2026-07-16", "2026-07-15", "租赁期至 2026-07-15，距今不足 3 年（2026-07-16）"),
    one("SA6", "living_floors", "1-3", "1-4", "所在楼层为“1-4”，最高 4 层，超过 3 层"),
    one("SA6", "living_floors", "1", "-1", "不得设在地下室或半地下室"),
    one("SA7", "registration_departments", ["SCJG", "JY"], ["SCJG", "MZ"], "机构性质为营利性，登记部门填了民政部门"),
    one("SA7", "legal_nature", "PI", "NPO", "机构性质为非营利性", {"registration_departments": ["JGBZ"]}),
    one("SA8", "institution_name", "阳光托育园", "阳光幼儿园", "机构名称“阳光幼儿园”中没有“托育”字样"),
    *(Row(f"SA4_S03_{key}", {f"{key}_children": str(2 * most)}, {f"{key}_children": str(2 * most + 1)},
          f"{name} {2 * most + 1} 人、2 个班，平均每班 {most}.5 人，超过每班 {most} 人", {f"{key}_classes": "2"}) for key, (name, most) in CLASSES.items()),
    one("SA4_S04", "childcare_workers", "9", "8", "育婴员 1 人、保育员 8 人，共 9 人；按各班人数和比例至少需要 10 人", {"infant_care_workers": "1"}),
    one("SA4_S07", "health_staff_pt", "1", "0", "有 48 名婴幼儿，专职和兼职卫生保健人员共 0 人", {"health_staff_ft": "0"}),
    one("SA4_S07", "senior_children", "150", "151", "有 151 名婴幼儿，超过 150 人，专职卫生保健人员为 0 人", {**NOBODY, **PART_TIME}),
    one("SA4_S08", "senior_children", "80", "81", "81 名婴幼儿至少需要供餐人员 2 人，现有 1 人", NOBODY),
    one("SA4_S08", "provides_meals", "0", "1", "48 名婴幼儿至少需要供餐人员 1 人，现有 0 人", {"catering_staff": "0"}),
    one("SA4_S09", "senior_children", "5", "6", "家庭托育点收托 6 人，超过 5 人", {**NOBODY, **HOME}),
    one("SA4_S09", "senior_children", "3", "4", "收托 4 人，育婴员、保育员共 1 人，每人看护不得超过 3 人", {**NOBODY, **HOME, **ALONE}),
    one("SA4_S09", "floor_area", "45", "44.99", "收托 5 人，建筑面积 44.99 ㎡，人均 9.00 ㎡，不足 9 ㎡", {**NOBODY, **HOME, "senior_children": "5"}),
]  # fmt: skip
ELSEWHERE = {"HA1", "SA2"}  # no matter of what is typed; with HA5, HA8 and HA9 below


class Desk:
    """The director of 阳光托育园 with a finished archive."""

    def __init__(self, cast, browser, archive, kept):
        self.browser, self.archive, self.kept = browser, archive, kept

    def type(self, figures):
        """Save the pages that have these figures; answers what was said, and the checks."""
        said = ""
        for name in ("basic", "classes", "details"):
            mine = {i.key: figures[i.key] for i in SHEET.page(name).typed_in if i.key in figures}
            if mine:
                edition = self.kept(self.archive.id).edition
                data = typed(name, **mine) | {"edition": edition}
                address = f"/archives/{self.archive.id}/{name}"
                answer = self.browser.post(address, data=data)
                said += answer.text if answer.status_code == 422 else ""
        return said + self.checks().get_text()

    def checks(self):
        return self.browser.get(f"/archives/{self.archive.id}/check").soup.select_one("main")

    def weight(self, sentence):
        page = self.checks()
        if sentence in " ".join(p.get_text() for p in page.select("p[id^=explanation]")):
            return Weight.SOFT
        if sentence in " ".join(p.get_text() for p in page.select("p.hint")):
            return Weight.HINT
        return Weight.HARD


@pytest.fixture
def desk(cast, director, kept):
    code = {"unified_social_credit_code": "91350100M000100Y43"}
    return Desk(cast, director, cast.archive(cast.sunshine, State.DRAFT, **code), kept)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id}-{row.said[:12]}")
def test_a_check_just_passes_and_just_fails(desk, row):
    assert row.said not in desk.type(row.besides | row.fine)
    assert row.said in desk.type(row.besides | row.wrong)
    assert desk.weight(row.said) == WEIGHTS[row.id]


def test_every_check_has_a_row():
    assert set(WEIGHTS) - ELSEWHERE == {row.id for row in ROWS}


@pytest.mark.parametrize(("region", "said"), [
    ("350102001004", None), ("350102001000", "必须选择到社区（村）一级，现为第 4 级，应为第 5 级"),
])  # fmt: skip
def test_ha1_the_region_is_a_village(cast, signed_in, kept, region, said):
    with cast.stage():
        institution = cast.institution("新开托育园", region)
        director = signed_in(cast.director("新开园长", institution))
    desk = Desk(cast, director, cast.archive(institution, State.DRAFT), kept)
    text = desk.checks().get_text()
    assert said in text if said else "必须选择到社区" not in text


@pytest.mark.parametrize("key", ["service_modes", "registration_departments"])
def test_ha5_one_form_of_service_and_one_department_at_least(desk, key):
    assert "没有填写" not in desk.type({key: [typed("basic")[key][0]]})
    assert f"没有填写：{SHEET[key].label}" in desk.type({key: []})


def test_ha8_nine_pictures_and_not_ten(desk):
    address = f"/archives/{desk.archive.id}/pictures"
    colors = [picture(size=(40, 40), color=(n, 0, 0)) for n in range(0, 100, 10)]
    for number, content in enumerate(colors, 1):
        files = [(BytesIO(content), f"{number}.jpg")]
        answer = desk.browser.post(address, data={"pictures": files}, follow_redirects=True)
        assert ("最多 9 张图片，已有 9 张，本次选择了 1 张" in answer.text) == (number == 10)
    assert len(desk.browser.get(address).soup.select("#pictures figure")) == 9


def test_ha9_totals_are_computed_and_not_taken(desk, kept):
    desk.type({"infant_children": "7"})
    edition = kept(desk.archive.id).edition
    lies = typed("classes") | {"children_total": "999", "places_total": "999", "edition": edition}
    desk.browser.post(f"/archives/{desk.archive.id}/classes", data=lies)
    archive = kept(desk.archive.id)
    assert (archive.children_total, archive.places_total) == (48, 63)


@pytest.mark.parametrize(("others", "said"), [(0, None), (1, "已有另外 1 家机构在用")])
def test_sa2_a_code_in_use_elsewhere(cast, desk, others, said):
    code = desk.archive.unified_social_credit_code
    if others:
        cast.archive(cast.star, unified_social_credit_code=code)
    text = desk.checks().get_text()
    assert said in text if said else "已有另外" not in text
