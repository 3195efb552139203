"""The first letters of names, so that "gdjd" finds 鼓东街道.

Used for regions and for institutions. A character that can be read in more than one way keeps
every reading unless a word around it settles the matter: the result then holds alternatives,
separated by spaces, and a search matches any of them.
"""

from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, load_phrases_dict, pinyin

LONGEST = 200  # of the columns that keep the letters
MOST = 8  # alternatives of one name

# Names of Fujian that a general dictionary misreads or does not know.
PLACES = {
    "厦门": "xia men",
    "厦港": "xia gang",
    "东厦": "dong xia",
    "长乐": "chang le",
    "长泰": "chang tai",
    "长汀": "chang ting",
    "长坑": "chang keng",
    "长庆": "chang qing",
    "长龙": "chang long",
    "长桥": "chang qiao",
    "长校": "chang xiao",
    "将乐": "jiang le",
    "乐峰": "le feng",
    "揭乐": "jie le",
    "柘荣": "zhe rong",
    "大田": "da tian",
    "莆田": "pu tian",
    "尤溪": "you xi",
    "洛江": "luo jiang",
    "漳浦": "zhang pu",
    "石狮": "shi shi",
    "蚶江": "han jiang",
    "下浒": "xia hu",
    "马巷": "ma xiang",
    "新圩": "xin xu",
    "参内": "can nei",
    "首占": "shou zhan",
    "朝阳": "chao yang",
    "会员": "hui yuan",
    "委会": "wei hui",
    "委员会": "wei yuan hui",
    "高车": "gao che",
    "省璜": "sheng huang",
    "均溪": "jun xi",
    "强乡": "qiang xiang",
    "陂头": "bei tou",
    "太姥": "tai mu",
    "行政": "xing zheng",
    "重点": "zhong dian",
}

# Characters that stay ambiguous on their own, the commoner reading first. The dictionary knows
# second readings of many more, but only archaic ones: those take the usual reading.
READINGS = {
    "长": "cz", "乐": "ly", "厦": "xs", "埔": "pb", "圩": "xw", "浒": "hx", "朝": "cz", "重": "cz",
    "曾": "zc", "行": "xh", "单": "ds", "调": "td", "传": "cz", "参": "cs", "陂": "bp", "峤": "qj",
    "姥": "ml", "茜": "qx", "莘": "xs", "盛": "sc", "降": "jx", "系": "xj", "校": "xj", "宿": "sx",
    "贾": "jg", "覃": "qt", "解": "jx", "查": "zc", "种": "zc", "朴": "pb", "翟": "zd", "藏": "cz",
    "卡": "kq", "阿": "ae", "盖": "gh", "尉": "wy", "隽": "jq", "晟": "cs", "蛤": "hg", "凹": "aw",
}  # fmt: skip

load_phrases_dict({name: [[word] for word in spelt.split()] for name, spelt in PLACES.items()})


@lru_cache(20_000)  # the names of a province
def initials(name):
    """The first letters of a Chinese name in lower case, alternatives separated by spaces.

    "鼓东街道" gives "gdjd", "达埔镇" gives "dpz dbz". Latin letters and digits stay, anything else is
    left out; at most 200 characters, the likeliest reading first.
    """
    signs = [sign for sign in name.lower() if sign.isalnum()]
    known = pinyin("".join(signs), Style.FIRST_LETTER, heteronym=True, errors=one_by_one)
    letters = [choices for choices in map(choices_of, signs, known) if choices]
    kept = []
    for spelling in map("".join, islice(product(*letters), MOST)):
        if len(" ".join([*kept, spelling])) <= LONGEST:
            kept.append(spelling)
    return " ".join(kept)


def one_by_one(unknown):
    """Signs that are not in the dictionary stand for themselves."""
    return [[sign] for sign in unknown]


def choices_of(sign, known):
    """The letters `sign` may begin with; `known` are its readings, one where a word settles it."""
    if len(known) > 1 and sign in READINGS:
        return READINGS[sign]
    return known[0] if known[0].isascii() else ""
