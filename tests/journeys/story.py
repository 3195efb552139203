"""The figures of the story: what is typed, and what they must add up to, worked out by hand."""

from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tuoyu.archives.sheet import archive
from tuoyu.demo.names import credit_code
from tuoyu.reports.sheet import monthly_report

NAME = "鼓楼区萌芽托育园"
CODE = credit_code("FP", "350102", 77)
PASSWORD = "Mengya-Yuan-2023"
ACCOUNT = {
    "institution_name": NAME,
    "unified_social_credit_code": CODE,
    "username": "mengya_2023",
    "display_name": "李园长",
    "mobile": "13900001234",
    "email": "mengya@example.com",
    "password": "Lv-Deng-Long-58",
    "password_confirm": "Lv-Deng-Long-58",
}

RETURNED = "联系人电话无法接通，请核对后重新提交"
WRONG_PHONE = "号码打不通，请改为手机号"
EXPLAINED = "6月下旬有2名婴幼儿退托，档案将在下次修改时更新。"

# The archive of 萌芽: 46 children in 60 places, 3 + 6 + 2 + 3 = 14 of them free.
ARCHIVE = ARCHIVE_FIGURES | {
    "institution_name": NAME,
    "unified_social_credit_code": CODE,
    "infant_children": 5,
    "junior_children": 14,
    "senior_children": 18,
    "mixed_children": 9,
    "infant_places": 8,
    "junior_places": 20,
    "senior_places": 20,
    "mixed_places": 12,
    "inclusive_places": 24,
    "is_nationally_filed": False,
}
# Its June: two children fewer in care than the archive says.
MENGYA = {
    "enrolled": 53,
    "in_care": 44,
    "left_in_year": 9,
    "incl_enrolled": 24,
    "incl_in_care": 20,
    "incl_left_in_year": 4,
    "enr_male": 28,
    "enr_female": 25,
    "enr_m0_11": 5,
    "enr_m12_23": 17,
    "enr_m24_35": 31,
    "enr_full_day": 45,
    "enr_half_day": 4,
    "enr_hourly": 3,
    "enr_temporary": 1,
    "enr_local_hukou": 41,
    "enr_nonlocal_hukou": 12,
}
# 星星 in the next street: 48 children in 63 places, 4 + 3 + 0 + 8 = 15 of them free.
STAR = {
    "enrolled": 61,
    "in_care": 48,
    "left_in_year": 13,
    "incl_enrolled": 30,
    "incl_in_care": 25,
    "incl_left_in_year": 5,
    "enr_male": 32,
    "enr_female": 29,
    "enr_m0_11": 6,
    "enr_m12_23": 20,
    "enr_m24_35": 35,
    "enr_full_day": 51,
    "enr_half_day": 5,
    "enr_hourly": 3,
    "enr_temporary": 2,
    "enr_local_hukou": 45,
    "enr_nonlocal_hukou": 16,
}
# 托汇1表 of 鼓楼区: due, filed with the state, confirmed; places, free ones; columns 6 to 22.
SHEET = {
    "合计": [2, 1, 2, 123, 29, 114, 92, 22, 54, 45, 9, 60, 54, 11, 37, 66, 96, 9, 6, 3, 86, 28],
    "鼓东街道": [1, 0, 1, 60, 14, 53, 44, 9, 24, 20, 4, 28, 25, 5, 17, 31, 45, 4, 3, 1, 41, 12],
    "鼓西街道": [1, 1, 1, 63, 15, 61, 48, 13, 30, 25, 5, 32, 29, 6, 20, 35, 51, 5, 3, 2, 45, 16],
}


def typed(sheet, figures):
    """What a director types into these indicators; blanks are left out."""
    shown = {i.key: i.typed(figures.get(i.key)) for i in sheet.typed_in}
    return {key: value for key, value in shown.items() if value}


def archive_page(name):
    return typed(archive().page(name), ARCHIVE)


def month():
    return typed(monthly_report(), REPORT_FIGURES | MENGYA)


def paper():
    """The 37 figures of June as a reader finds them, by their codes."""
    figures = REPORT_FIGURES | MENGYA
    return {i.code: i.show(figures[i.key]) for i in monthly_report() if i.code}
