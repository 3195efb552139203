"""The words around the figures of 托基1表, as many as there is room for."""

from typing import NamedTuple

from tuoyu.accounts.models import Role
from tuoyu.web.filters import cn_time, minute
from tuoyu.web.lines import WORD, cut, filled


class Room(NamedTuple):
    """So many lines of so many full-width characters."""

    lines: int
    width: int


REMARK_ROOM, TRAIL_ROOM = Room(8, 60), Room(8, 29)
REMARKS, SOME_REMARKS = "说明事项：", "说明事项（摘要，其余见系统）："
WHO = {
    Role.INSTITUTION: "机构",
    Role.TOWNSHIP: "乡镇",
    Role.COUNTY: "县级",
    Role.CITY: "市级",
    Role.PROVINCE: "省级",
}


def remark_lines(report):
    """The declaration and the explanations, numbered, on at most eight lines."""
    said = []
    if report.declaration:
        said.append(f"本月申报“{report.declaration.label}”。{report.declared_because}")
    said += [f"{kept['message']}。说明：{kept['text']}" for kept in report.explanations.values()]
    if not said:
        return (f"{REMARKS}无。",)
    texts = [f"{n}.{' '.join(text.split())}" for n, text in enumerate(said, 1)]
    lines = fitted([REMARKS + texts[0], *texts[1:]], REMARK_ROOM)
    if lines is None:
        lines = fitted([SOME_REMARKS + texts[0], *texts[1:]], REMARK_ROOM, shorten=True)
    return lines


def fitted(texts, room, shorten=False):
    """The texts on the lines there are, shortened where they must be; None when they do not fit
    and may not be shortened."""
    broken = [filled(WORD.findall(text), room.width) for text in texts[: room.lines]]
    if not shorten and (len(texts) > room.lines or sum(map(len, broken)) > room.lines):
        return None
    allowed = [len(lines) for lines in broken]
    while sum(allowed) > room.lines:
        allowed[allowed.index(max(allowed))] -= 1
    return tuple(
        line
        for lines, most in zip(broken, allowed, strict=True)
        for line in shortened(lines, most, room.width)
    )


def shortened(lines, most, width):
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], cut(lines[most - 1] + "…………", width))


def trail_lines(steps):
    """审核轨迹: the last steps, a line for each at least, and reasons as far as there is room."""
    said = [step_in_words(step) for step in steps]
    if len(said) > TRAIL_ROOM.lines:
        earlier = len(said) - TRAIL_ROOM.lines + 1
        said = [f"（此前{earlier}步见系统）", *said[earlier:]]
    return fitted(said, TRAIL_ROOM, shorten=True)


def step_in_words(step):
    """2023-07-18 09:12 乡镇退回 王某：请核对在托人数"""
    who = WHO.get(step.by_role, "")
    done = (
        step.label if step.label.startswith(who) or step.move == "supersede" else who + step.label
    )
    reason = f"：{' '.join(step.reason.split())}" if step.reason else ""
    return f"{minute(step.at)} {done} {step.by_name}{reason}"


def notes(period, base):
    """说明: who fills it in until when, what is cumulative, and 审核关系."""
    due = f"{period.fill_due.year}年{cn_time(period.fill_due)}"
    total = "17" if base == "enrolled" else "18"
    return (
        f"1.本表由各类托育机构按月填报，{due}前通过福建省托育服务登记系统报送，"
        "乡镇（街道）审核，县（市、区）确认。",
        "2.17、19、20、22 为当年1月1日至本月末累计，每名婴幼儿只计1次；18、21 填本月末在托数，"
        "12月即年末在托数；没有的填 0。",
        "3.审核关系：02+03≤01；04+…+08=02；09+…+12=02；13、14、15≤02；16≤03；17=18+19；"
        f"20=21+22；20≤17；21≤18；22≤19；23+24=25+26+27=28+…+31=32+33={total}。",
    )
