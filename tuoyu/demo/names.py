"""Names, codes and numbers that sound right and belong to nobody."""

from tuoyu.indicators.normal import CREDIT_ALPHABET, CREDIT_WEIGHTS

SURNAMES = "陈林黄张吴李郑王刘苏蔡杨许曾郭谢何周方江"
GIVEN = (
    "秀英",
    "丽华",
    "建平",
    "雅芳",
    "志强",
    "美玲",
    "晓燕",
    "国栋",
    "婷婷",
    "文斌",
    "慧敏",
    "清",
)
WORDS = [
    "小太阳",
    "小树苗",
    "蒲公英",
    "向日葵",
    "小脚丫",
    "七色花",
    "萤火虫",
    "小蜗牛",
    "棉花糖",
    "小海豚",
    "金种子",
    "彩虹桥",
    "小白鸽",
    "麦穗",
    "星星河",
    "苹果树",
    "小鹿",
    "风铃",
    "贝壳",
    "月牙",
]
ENDINGS = {
    "INDEP": "托育园",
    "CENTER": "托育综合服务中心",
    "KG": "幼儿园托班",
    "COMM": "社区托育点",
    "EMPL": "职工子女托育点",
    "MED": "妇幼托育园",
    "HOME": "家庭托育点",
}
PREFIX = {"PI": "12", "NPO": "52", "FP": "91"}  # of the code, by legal nature


def person(rng):
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng):
    return f"1380000{rng.randrange(10000):04d}"


def contact(username, number):
    """An address that leads nowhere, and a mobile number that nobody has."""
    return {"email": f"{username}@example.com", "mobile": f"19900000{number:03d}"}


def credit_code(nature, county_code, number):
    """A code with a right check digit whose organisation part says DEM."""
    region = county_code[:6] if county_code[:6].isdigit() else "350000"
    body = f"{PREFIX[nature]}{region}MDEM{number:05d}"
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(body, CREDIT_WEIGHTS, strict=True))
    return body + CREDIT_ALPHABET[(31 - total % 31) % 31]


def institution_name(town, kind, number):
    """鼓东小太阳托育园（演示）; each round through the words is a word further on, so that no two
    institutions of a street share a name."""
    town = town.removesuffix("街道").removesuffix("镇").removesuffix("乡")
    word = WORDS[(number + number // len(WORDS)) % len(WORDS)]
    return f"{town}{word}{ENDINGS[kind]}（演示）"
