"""What the gallery shows: forms with errors, long names, empty lists, a paper's way."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from flask_sqlalchemy.pagination import Pagination
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from tuoyu.indicators.kinds import Count
from tuoyu.indicators.readings import Reading

LONG_NAME = (
    "福州市鼓楼区鼓东街道党建邻里中心普惠性婴幼儿照护服务示范托育园有限责任公司（庆城社区店）"
)
LONG_LABEL = "持有保育师/员、育婴员职业资格证书或职业技能等级证书人数"
SHANGHAI = ZoneInfo("Asia/Shanghai")


class ArchiveForm(Form):
    """One field of every kind."""

    institution_name = StringField("机构名称", [InputRequired("请填写机构名称"), Length(max=100)])
    institution_type = SelectField(
        "托育服务机构类型",
        choices=[("", "请选择"), ("INDEP", "独立托育机构"), ("KG", "幼儿园托班")],
    )
    established_on = DateField("机构成立时间", [InputRequired("请选择机构成立时间")])
    is_employer_run = RadioField(
        "单位承办", [InputRequired("请选择是或否")], choices=[("1", "是"), ("0", "否")]
    )
    service_modes = SelectMultipleField(
        "服务形式（可多选）",
        [InputRequired("请至少选择一项")],
        choices=[("FULL", "全日托"), ("HALF", "半日托"), ("HOUR", "计时托"), ("TEMP", "临时托")],
    )
    infant_places = IntegerField(
        "乳儿班可提供托位",
        [InputRequired("请填写托位数"), NumberRange(min=0, message="应为不小于 0 的整数")],
    )
    infant_fee = DecimalField(
        "乳儿班收费标准", [NumberRange(max=99999, message="不能大于 99999.99")]
    )
    remark = TextAreaField("备注", description="最多 500 字")
    picture = FileField("图片上传", description="jpg 或 png，每张不超过 5 MB，最多 9 张")
    password = PasswordField("用户密码", description="至少 8 位，含字母和数字")
    consent = BooleanField("已阅读并同意《个人信息处理规则》", [InputRequired("请先阅读并同意")])


class ReportForm(Form):
    ft_staff = IntegerField("全职从业人员数", [InputRequired("请填写，没有请填 0")])
    ft_caregivers = IntegerField(
        "其中：保育人员数", description="在岗从事婴幼儿保育工作的全职人员。"
    )
    ft_guards = IntegerField("保安人员数", [InputRequired("请填写，没有请填 0")])
    cg_certified = IntegerField(LONG_LABEL)
    fee_full_day = DecimalField("全日托")


def archive_form():
    """As a director filled it in, with mistakes."""
    form = ArchiveForm(
        MultiDict(
            dict(
                institution_name=LONG_NAME,
                institution_type="KG",
                infant_fee="999999",
                infant_places="-2",
            )
        )
    )
    form.validate()
    return form


def report_form():
    form = ReportForm(MultiDict({"ft_staff": "12", "ft_caregivers": "9", "cg_certified": "8"}))
    form.validate()
    return form


def reading(key, label, value, unit="人"):
    return Reading(Count(key, label, unit), value)


def step(move, label, office, name, role, at, reason="", marked=None):
    return SimpleNamespace(
        move=move,
        label=label,
        by_office=office,
        by_name=name,
        role_label=role,
        at=datetime(2023, *at, tzinfo=SHANGHAI),
        reason=reason,
        marked=marked or {},
    )


class Pages(Pagination):
    """Page 7 of 23, without a database."""

    def _query_items(self):
        return []

    def _query_count(self):
        return 452


def everything():
    """The gallery's context."""
    return {
        "form": archive_form(),
        "report": report_form(),
        "long_name": LONG_NAME,
        "readings": [
            reading("children_total", "0-3岁婴幼儿人数", 38),
            reading("places_total", "机构可提供托位总数", 60, "个"),
            reading("cg_certified", LONG_LABEL, 8),
            reading("inclusive_places", "普惠托位数", None, "个"),
        ],
        "steps": [
            step("submit", "提交审核", "庆城普惠托育园", "林美玉", "托育机构", (8, 2, 16, 20)),
            step(
                "send_back",
                "退回",
                "鼓东街道",
                "王秀英",
                "乡镇审核员",
                (8, 3, 9, 5),
                "月龄分布之和与入托数不符，请核对 12-23月龄 人数后重新提交。",
                {"enr_m12_23": "应为 14", "fee_full_day": ""},
            ),
            step("approve", "通过", "鼓东街道", "王秀英", "乡镇审核员", (8, 4, 10, 30)),
            step("confirm", "确认", "鼓楼区卫生健康局", "陈建国", "县级复核员", (8, 9, 15, 0)),
        ],
        "rows": [
            {
                "name": LONG_NAME,
                "code": "91350102MA2XXXXX0A",
                "state": "at_township",
                "n": (60, 38, 2280),
            },
            {
                "name": "红云社区托育点",
                "code": "52350102MJXXXXXX1B",
                "state": "returned",
                "n": (30, 21, 1980),
            },
            {
                "name": "鼓楼第二幼儿园托班",
                "code": "12350102XXXXXXXX2C",
                "state": "confirmed",
                "n": (20, 20, 1500),
            },
        ],
        "total": {"name": "合计（3家）", "code": "", "state": None, "n": (110, 79, "—")},
        "paging": Pages(page=7, per_page=20, max_per_page=100, error_out=False),
    }
