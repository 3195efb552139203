"""The accounts of the demo: one for each role and place that matters."""

from sqlalchemy import select

from tuoyu.accounts.models import Role, User
from tuoyu.accounts.people import new_user
from tuoyu.demo.places import COUNTIES, region
from tuoyu.extensions import db

PASSWORD = "Xiao-Taiyang-2024"
CITIES = {
    "350100000000": "fuzhou",
    "350200000000": "xiamen",
    "350300000000": "putian",
    "350400000000": "sanming",
    "350500000000": "quanzhou",
    "350600000000": "zhangzhou",
    "350700000000": "nanping",
    "350800000000": "longyan",
    "350900000000": "ningde",
}
COUNTY_NAMES = dict(
    zip(
        COUNTIES,
        [
            "gulou",
            "huian",
            "taishang",
            "pingtan",
            "siming",
            "licheng",
            "sanyuan",
            "longwen",
            "yanping",
            "xinluo",
            "jiaocheng",
        ],
        strict=True,
    )
)
SHOWN = (
    ("fujian", "省级"),
    ("fuzhou", "福州市"),
    ("gulou", "鼓楼区（县级）"),
    ("gulou_t01", "鼓东街道（乡镇）"),
    ("gulou_t02", "鼓西街道（乡镇）"),
    ("quanzhou", "泉州市"),
    ("huian", "惠安县（县级）"),
    ("taishang", "泉州台商投资区（功能区）"),
    ("pingtan", "平潭综合实验区（县级）"),
    ("pingtan_t01", "平潭（乡镇）"),
    ("gulou_j01", "机构：本月未报"),
    ("gulou_j02", "机构：本月草稿"),
    ("gulou_j03", "机构：本月待乡镇审核"),
    ("gulou_j05", "机构：本月被退回"),
    ("gulou_j06", "机构：本月待县级确认"),
    ("gulou_j08", "机构：本月已确认"),
    ("gulou_j58", "机构：档案草稿"),
    ("gulou_j59", "机构：档案被退回"),
    ("sysadmin", "系统管理员"),
)


def everybody_above(password):
    """The officers of the province, the cities and the demo's counties, all with this password;
    answers {code: county officer}."""
    new_user(Role.PROVINCE, "fujian", "陈省级", password, region=region("350000000000"))
    new_user(Role.SYSADMIN, "sysadmin", "系统管理员", password)
    for code, username in CITIES.items():
        place = region(code)
        new_user(Role.CITY, username, f"{place.name[:2]}专班", password, region=place)
    return {
        code: new_user(
            Role.COUNTY, name, f"{region(code).name[:2]}专干", password, region=region(code)
        )
        for code, name in COUNTY_NAMES.items()
    }


def accounts_shown():
    """(what it is for, account, person, office) of the accounts worth trying."""
    wanted = select(User).where(User.username.in_([username for username, _ in SHOWN]))
    known = {user.username: user for user in db.session.scalars(wanted)}
    return [
        (what, username, known[username].display_name, known[username].office)
        for username, what in SHOWN
        if username in known
    ]
