"""What the director of 萌芽 does on the main road, step by step."""

import io

from PIL import Image

from tests.journeys import story


def register(director):
    director.open("/")
    director.follow("机构注册")
    director.is_on("选择所属区域")
    choose = by_typing if director.javascript else step_by_step
    choose(director)
    director.is_on("机构注册")
    director.reads("中山社区")
    director.type(story.ACCOUNT)
    director.press("注册")
    director.reads("请先阅读，同意后勾选")
    director.shoot("1 consent is missing")
    words = {key: story.ACCOUNT[key] for key in ("password", "password_confirm")}
    director.type(words | {"privacy_consent": "y"})
    director.press("注册")
    director.reads("注册成功")
    director.shoot("2 registered")


def by_typing(director):
    director.page.locator("#region_query").press_sequentially("鼓楼 中山")
    director.shoot("0 region")
    director.follow("福建省/福州市/鼓楼区/鼓东街道/中山社区")
    director.follow("下一步")


def step_by_step(director):
    for number, name in enumerate(("福州市", "鼓楼区", "鼓东街道", "中山社区"), start=1):
        director.page.locator(f"#region_step_{number}").select_option(label=name)
        director.press("下一级")


def fill_in_the_archive(director):
    director.press("新增机构档案")
    for name, title in (("basic", "基本信息"), ("classes", "班级信息"), ("details", "详细信息")):
        director.is_on(title)
        director.type(story.archive_page(name))
        director.shoot(f"3 archive {name}")
        director.press("保存并继续" if name == "details" else "保存并继续下一页")
    director.is_on("相关图片")
    director.page.locator("#pictures_chosen").set_input_files([picture("red"), picture("blue")])
    director.press("上传")
    director.reads("2 / 9 张")
    director.shoot("4 pictures")
    director.follow("完成，核对档案")


def picture(colour):
    kind = {"red": "PNG", "blue": "JPEG"}[colour]
    file = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(file, kind)
    name, mimetype = f"{colour}.{kind.lower()}", f"image/{kind.lower()}"
    return {"name": name, "mimeType": mimetype, "buffer": file.getvalue()}


def submit_withdraw_submit(director):
    director.is_on("核对并提交审核")
    director.reads("各项指标齐全、相符")
    director.shoot("5 check")
    director.press("提交审核")
    director.reads("待乡镇审核")
    director.shoot("6 submitted")
    director.press("撤回审核申请")
    director.reads("草稿")
    director.follow("核对并提交审核")
    director.press("提交审核")
    director.reads("待乡镇审核")


def mend_the_archive(director):
    director.open("/")
    director.reads(story.RETURNED)
    director.reads(story.WRONG_PHONE)
    director.shoot("9 director's home, returned")
    director.follow("机构档案", inside="nav")
    director.reads(story.RETURNED)
    director.shoot("9 returned")
    director.follow("基本信息")
    director.is_on("基本信息")
    director.reads(story.WRONG_PHONE, inside=".form-row:has([name=contact_phone])")
    director.type({"contact_phone": "13850001111"})
    director.shoot("9 mending")
    director.press("暂存")
    director.reads("已暂存")
    director.follow("核对并提交审核")
    director.press("提交审核")
    director.reads("待乡镇审核")


def report_the_month(director):
    director.open("/")
    director.shoot("12 director's home")
    director.follow("网络直报", inside="nav")
    director.press("填报2023年6月月报")
    director.is_on("2023年6月月报")
    director.type(story.month())
    director.shoot("13 month")
    director.press("保存并核对")
    director.is_on("核对2023年6月月报")
    director.reads("年末在托数 44，比机构档案0-3岁婴幼儿人数 46 少 2")
    director.press("提交审核")
    director.reads("没有提交")
    director.shoot("14 explanation is missing")
    director.type({"explanation-S01": story.EXPLAINED})
    director.press("提交审核")
    director.reads("待乡镇审核")
    director.shoot("15 month submitted")
