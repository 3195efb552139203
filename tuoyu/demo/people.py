"""The accounts of the demo: one for each role and place that matters."""

from sqlalchemy import select

from tuoyu.accounts.models import User
from tuoyu.demo.places import COUNTIES
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
            "taijiang",
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
    ("fujian", "省级：有月报更正待批准、问题待答复"),
    ("fuzhou", "福州市"),
    ("gulou", "鼓楼区（县级）：有申请待确认、问题待答复"),
    ("taijiang", "台江区（县级）：有一家机构待接收"),
    ("gulou_t01", "鼓东街道（乡镇）：有退回后重报、停业申请、问题"),
    ("gulou_t02", "鼓西街道（乡镇）：有更换图片的申请"),
    ("quanzhou", "泉州市"),
    ("huian", "惠安县（县级）"),
    ("taishang", "泉州台商投资区（功能区）"),
    ("pingtan", "平潭综合实验区（县级）"),
    ("pingtan_t01", "平潭（乡镇）"),
    ("gulou_j01", "机构：本月未报"),
    ("gulou_j02", "机构：本月草稿，所提问题已答复"),
    ("gulou_j03", "机构：本月待乡镇审核"),
    ("gulou_j05", "机构：本月被退回，标出问题项目"),
    ("gulou_j06", "机构：本月待县级确认"),
    ("gulou_j08", "机构：本月已确认，主账号交接过，有操作员"),
    ("gulou_j09", "机构：本月月报申请更正，待县级批准"),
    ("gulou_j10", "机构：本月零入托"),
    ("gulou_j11", "机构：停业申请待乡镇审核"),
    ("gulou_j17", "机构：本月停业"),
    ("gulou_j19", "机构：更正已批准，待核对提交"),
    ("gulou_j21", "机构：退回后已修改重报"),
    ("gulou_j22", "机构：更换图片待审核"),
    ("gulou_j25", "机构：2023年11月起迁到台江区"),
    ("gulou_j27", "机构：申请迁往台江区，待接收"),
    ("gulou_j42", "机构：2023年11月终止服务"),
    ("gulou_j44", "机构：停业中，申请恢复"),
    ("gulou_j58", "机构：档案草稿"),
    ("gulou_j59", "机构：档案被退回"),
    ("sysadmin", "系统管理员"),
)


def accounts_shown():
    """(what it is for, account, person, office) of the accounts worth trying."""
    wanted = select(User).where(User.username.in_([username for username, _ in SHOWN]))
    known = {user.username: user for user in db.session.scalars(wanted)}
    return [
        (what, username, known[username].display_name, known[username].office)
        for username, what in SHOWN
        if username in known
    ]
