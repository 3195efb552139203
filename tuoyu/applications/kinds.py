"""What an institution may ask for beside its archive and its months, in plain words.

Sources: 闽卫人口函〔2023〕1310号 manual 1.2 (所属区域 is changed with the officers of the region), 2.3
(相关图片), 3.3 (an institution that stops is suspended or closed, never deleted) and 4.3 (a
confirmed month is not edited); 《托育机构登记和备案办法（试行）》第十条 (closing: 注销备案).
"""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    MOVE = "move"
    SUSPEND = "suspend"
    REOPEN = "reopen"
    CLOSE = "close"
    PICTURES = "pictures"
    CORRECT = "correct"


class About(NamedTuple):
    """`label` names the application, `purpose` says when one makes it, `leads` what comes of it."""

    label: str
    purpose: str
    leads: str


ABOUT = {
    Kind.MOVE: About(
        "变更所属区域",
        "机构搬到别的社区（村），或注册时所属区域选错了。",
        "原乡镇、原县级同意迁出后，由迁入的县（市、区）接收；通过后从次月1日起归新区域管理，"
        "当月和以前的月报仍在原区域办完。",
    ),
    Kind.SUSPEND: About(
        "停业（暂停服务）",
        "放假、装修等原因暂时不收托，以后还要恢复。",
        "乡镇审核、县级确认后，所填日期内为暂停状态；暂停期间的月报按页面提示处理，不会算作漏报。",
    ),
    Kind.REOPEN: About(
        "恢复运营",
        "停业期间提前恢复收托，或当时没有填停业截止日期。",
        "乡镇审核、县级确认后，从恢复之日起照常逐月上报；已关账的月份不再变动。",
    ),
    Kind.CLOSE: About(
        "终止服务",
        "机构不再提供托育服务，准备注销。",
        "乡镇审核、县级确认后，从终止的次月起不再上报；终止当月是最后一个月报，"
        "另请在国家托育机构备案信息系统注销备案。",
    ),
    Kind.PICTURES: About(
        "更换图片",
        "只换相关图片，档案的其他内容不变。",
        "乡镇（街道）审核通过后立即换上，不影响档案和月报的填报。",
    ),
    Kind.CORRECT: About(
        "更正申请",
        "已确认的月报发现数据有误。",
        "关账前由县级批准，关账后和12月（年报）由省级批准；批准后生成更正版，"
        "请核对后重新提交审核，更正版确认之前原数据继续有效。",
    ),
}
BEGUN_HERE = tuple(
    kind for kind in Kind if kind != Kind.CORRECT
)  # a correction begins at its month
