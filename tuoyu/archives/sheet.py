"""机构档案: every figure of the archive, in the order of the manual (2.2)."""

from decimal import Decimal

from tuoyu.indicators.kinds import Count, Day, Degrees, Money, YesNo
from tuoyu.indicators.options import Choice, Choices, Grants
from tuoyu.indicators.sheet import Section, Sheet
from tuoyu.indicators.totals import Remaining, Sum
from tuoyu.indicators.words import CreditCode, LongText, Phone, Text
from tuoyu.regions.sight import FARTHEST

CLASSES = (
    ("infant", "乳儿班", "6-12个月"),
    ("junior", "托小班", "12-24个月"),
    ("senior", "托大班", "24-36个月"),
    ("mixed", "混合班", "18-36个月"),
)
PAIRS = tuple((f"{k}_places", f"{k}_children") for k, _, _ in CLASSES)


def of_each_class(kind, suffix, label, unit, **options):
    """One figure for each kind of class."""
    return tuple(
        kind(f"{key}_{suffix}", label.format(name, ages), unit, **options)
        for key, name, ages in CLASSES
    )


def keys(suffix):
    return tuple(f"{key}_{suffix}" for key, _, _ in CLASSES)


BASIC = (
    Section(
        "机构",
        (
            Text("institution_name", "机构名称", hint="与证照上的名称一致"),
            Choice("institution_type", "托育服务机构类型", dictionary="D1"),
            Choice("urban_rural_class", "所在地域划分", dictionary="D2"),
            Text(
                "address",
                "机构地址",
                longest=200,
                hint="为后续机构导航使用的定位地址，请填写实际经营地址",
            ),
            Degrees("longitude", "经度", "度", required=False, hint="可不填；如 119.296494"),
            Degrees(
                "latitude",
                "纬度",
                "度",
                required=False,
                limit=FARTHEST,
                hint="可不填；如 26.074508",
            ),
            Choice(
                "coord_system",
                "坐标来源",
                required=False,
                dictionary="D13",
                hint="从哪种地图上取得的经纬度",
            ),
            Text("registered_address", "注册地址", longest=200),
            Text("approval_authority", "审批机构", hint="如：福州市鼓楼区市场监督管理局"),
            Day("established_on", "机构成立时间", past=True),
            Choice("operator_type", "类型", dictionary="D3"),
            CreditCode("unified_social_credit_code", "机构统一代码"),
            Choice("legal_nature", "机构性质", dictionary="D4"),
            YesNo("is_employer_run", "单位承办"),
            Text("employer_name", "承办单位名称", required=False, hint="单位承办选“是”时填写"),
            YesNo("is_public_institution", "事业单位"),
        ),
        "basic",
    ),
    Section(
        "人员与联系",
        (
            Text("legal_representative", "法定代表人", longest=30),
            Phone("legal_representative_phone", "联系电话", hint="法定代表人的电话"),
            Text("person_in_charge", "负责人", longest=30),
            Phone("person_in_charge_phone", "负责人联系方式"),
            Text("contact_person", "联系人", longest=30, hint="填报月报的人"),
            Phone("contact_phone", "联系人联系方式", hint="催报和电话复核时使用"),
        ),
        "basic",
    ),
    Section(
        "登记与服务",
        (
            Choices("registration_departments", "机构登记部门（可多选）", dictionary="D5"),
            Choices("service_modes", "服务形式（可多选）", dictionary="D6"),
        ),
        "basic",
    ),
)

CLASS_PAGE = (
    Section(
        "实际人数",
        (
            *of_each_class(Count, "children", "{}实际人数（{}）", "人"),
            Sum("children_total", "0-3岁婴幼儿人数", "人", parts=keys("children")),
            Count(
                "mixed_children_under2",
                "混合班中2周岁以下人数",
                "人",
                required=False,
                addition=True,
            ),
        ),
        "classes",
    ),
    Section(
        "班级数",
        (
            *of_each_class(Count, "classes", "{}班级数", "个"),
            Sum("classes_total", "班级总数", "个", parts=keys("classes")),
        ),
        "classes",
    ),
    Section(
        "收费标准",
        of_each_class(
            Money,
            "fee",
            "{}收费标准（{}）",
            "元/人/月",
            required=False,
        ),
        "classes",
        "有该类班级时填写，不收费填 0。",
    ),
    Section(
        "托位",
        (
            *of_each_class(Count, "places", "{}可提供托位（{}）", "个"),
            Sum("places_total", "机构可提供托位总数", "个", parts=keys("places")),
            *(
                Remaining(
                    f"{k}_places_remaining",
                    f"{name}剩余托位数",
                    "个",
                    pairs=((f"{k}_places", f"{k}_children"),),
                )
                for k, name, _ in CLASSES
            ),
            Remaining("places_remaining_total", "机构剩余托位数", "个", pairs=PAIRS),
            Count("inclusive_places", "普惠托位数", "个", required=False, addition=True),
        ),
        "classes",
    ),
)

STAFF = (
    Count("managers", "管理人员数量", "人"),
    Count("infant_care_workers", "育婴员数量", "人"),
    Count("childcare_workers", "保育员数量", "人"),
    Count("health_staff_ft", "专职卫生保健人员数量", "人"),
    Count("health_staff_pt", "兼职卫生保健人员数量", "人"),
    Count("security_staff_ft", "专职安保人员数量", "人"),
    Count("security_staff_pt", "兼职安保人员数量", "人"),
    Count("catering_staff", "食品供餐人员数量", "人"),
    Count("service_staff", "服务人员数量", "人"),
)

DETAILS = (
    Section(
        "场地条件",
        (
            Choice("premises_tenure", "场所性质", required=False, dictionary="D11"),
            Day("lease_until", "租赁期至", required=False),
            Money("floor_area", "机构建筑面积", "㎡", required=False, limit=Decimal("9999999.99")),
            Money("outdoor_area", "自有户外活动场地面积", "㎡", required=False),
            Money("living_area", "婴幼儿生活用房面积", "㎡", required=False),
            Text(
                "living_floors",
                "婴幼儿生活用房所在楼层",
                required=False,
                longest=20,
                hint="如：1-2；地下填 -1",
            ),
            Money("rent_per_sqm", "租赁租金", "元/㎡·月", hint="没有租金填 0"),
        ),
        "details",
    ),
    Section(
        "工作人员",
        (*STAFF, Sum("staff_total", "合计工作人员数量", "人", parts=tuple(i.key for i in STAFF))),
        "details",
    ),
    Section(
        "运营情况",
        (
            YesNo("is_active", "是否启用", hint="停用期间不列入应报"),
            YesNo("scope_includes_childcare", "经营范围是否包含托育服务"),
            YesNo("has_own_kitchen", "是否自有厨房"),
            YesNo("provides_meals", "是否提供膳食"),
            YesNo("is_nationally_filed", "是否在国家系统备案"),
            Text("filing_no", "备案编号", required=False, longest=40),
            Day("filed_on", "备案通过日期", required=False, past=True),
            Choice("hygiene_evaluation", "卫生评价情况", required=False, dictionary="D7"),
            LongText("hygiene_evaluation_note", "卫生评价情况备注", required=False, longest=200),
            YesNo("has_medical_contract", "是否与医疗机构签约", required=False, addition=True),
            Text("medical_partner", "签约医疗机构", required=False, addition=True),
            Day("medical_contract_until", "签约有效期至", required=False, addition=True),
            Choice("quality_star", "星级、示范情况", required=False, dictionary="D12"),
        ),
        "details",
    ),
    Section(
        "扶持与补贴",
        (
            LongText("government_support", "政府扶持政策", required=False),
            Choice("assistance_type", "机构辅助", required=False, dictionary="D8"),
            Grants(
                "subsidies",
                "机构享有的相关补贴（万元）",
                required=False,
                dictionary="D9",
                hint="按补贴种类填写金额和年度",
            ),
            LongText("remark", "备注", required=False),
        ),
        "details",
    ),
)

PAGES = (("basic", "基本信息"), ("classes", "班级信息"), ("details", "详细信息"))


def archive(checks=()):
    return Sheet("机构档案", (*BASIC, *CLASS_PAGE, *DETAILS), checks)
