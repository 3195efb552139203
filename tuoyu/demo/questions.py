"""What institutions ask, what offices answer, and the answers that everybody should know."""

from datetime import timedelta

from tuoyu import clock
from tuoyu.demo.places import GULOU, HUIAN
from tuoyu.extensions import db
from tuoyu.feedback.frequent import publish
from tuoyu.feedback.questions import Question

FUZHOU, QUANZHOU = "350100000000", "350500000000"
HERE = "/reports/"


def ask(house, kind, title, body):
    question = Question.asked(house.director, kind=kind, title=title, body=body, about=HERE)
    db.session.add(question)
    db.session.flush()
    return question


def ask_about_weekends(house):
    """It waits at the township."""
    ask(
        house,
        "definition",
        "周末临时托的孩子怎么填",
        "有3名婴幼儿平时不来，只在周末临时送托，1月共来了7次。31 临时托填3还是填7？"
        "月末那天没有来，18 年末在托数要不要算？",
    )


def ask_about_absence(house):
    """The township has answered."""
    question = ask(
        house,
        "definition",
        "月末当天请假的孩子算不算在托",
        "1月31日有2名婴幼儿因感冒请假没有来，但没有办理离托。18 年末在托数要不要计入？",
    )
    with clock.at(clock.now() + timedelta(hours=22)):
        question.answer(
            house.place.clerk,
            "计入。18 填本月最后一天24时仍在托的人数，当天请假未到的仍计入，已办理离托的不计。",
        )


def ask_about_branches(house):
    """The township has passed it up to the county."""
    question = ask(
        house,
        "data",
        "新开的分园要不要另外注册",
        "本园计划3月在另一个社区开分园，营业执照是同一张。分园的托位和入托人数并入本园填报，"
        "还是另外注册、单独上报？",
    )
    with clock.at(clock.now() + timedelta(hours=5)):
        question.pass_up(house.place.clerk, "涉及不同街道，请区里明确。")


def ask_for_the_province(house):
    """Township, county and city have passed it up."""
    question = ask(
        house,
        "suggestion",
        "建议统一保育人员持证的认定范围",
        "部分保育人员持有教师资格证，没有保育师、育婴员证书。15 持证人数不计入，"
        "但实际从事照护多年。建议明确是否可以计入或另列。",
    )
    city = house.offices.cities[QUANZHOU]
    for days, person in enumerate((house.place.clerk, house.place.officer, city), 1):
        with clock.at(clock.now() + timedelta(days=days)):
            question.pass_up(person, "属于全省统一口径，请上级明确。")


def publish_answers(offices):
    """常见问题, told by the province, a city and a county."""
    province, officer = offices.province, offices.counties
    for moment, person, kind, question, answer in (
        ("2023-07-19T15:00", province, "definition", *AT_THE_END),
        ("2023-08-21T10:30", province, "definition", *SINCE_JANUARY),
        ("2024-01-03T09:20", offices.cities[FUZHOU], "data", *YEAR),
        ("2023-08-02T11:10", officer[GULOU], "operation", *MISTAKE),
        ("2023-09-05T16:40", officer[HUIAN], "definition", *HEADS),
    ):
        with clock.at(moment):
            publish(person, None, kind=kind, question=question, answer=answer)


AT_THE_END = (
    "“年末在托数”平时各月怎么填？",
    "填本月最后一天24时仍在托的人数：当天请假未到的仍计入，已办理离托的不计。"
    "12月填的就是年末在托数。关系：17 入托数 = 18 年末在托数 + 19 本年内已离开数。",
)
SINCE_JANUARY = (
    "“本年内已离开数”填当月的还是累计的？",
    "填当年1月1日至本月末累计离开的人数，含主动离开和满3周岁超龄离开等，同一年内不会比上月少。"
    "1月重新起算，入托数从上年末在托的人数算起。离开后又回来、月末仍在托的计入 18，不计入 19。",
)
YEAR = (
    "12月月报之后还要另外填年报吗？",
    "不用。当年12月的月报就是当年的年报，请在1月的填报期内按时上报，并与全年各月核对一致。",
)
MISTAKE = (
    "提交审核以后发现填错了怎么办？",
    "乡镇（街道）还没有审核的，在月报页面点“撤回”，修改后重新提交。已经审核、还没有确认的，"
    "请联系乡镇（街道）或县（市、区）退回后修改。已经确认的不能直接修改，请在该月提出更正申请，"
    "并上传修改依据。",
)
HEADS = (
    "临时托、计时托按人填还是按人次填？",
    "按人填，不按人次。同一名婴幼儿当年多次送托只计1次；有多种服务形式的，按主要形式只计1次。"
    "28 至 31 之和等于 17 入托数。",
)
