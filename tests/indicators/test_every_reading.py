"""Every indicator of every sheet passes through every reading: column, form, page, difference."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import insert, select
from werkzeug.datastructures import MultiDict

from tests.cast import Cast
from tests.figures import ARCHIVE_FIGURES
from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.indicators.forms import form_for
from tuoyu.indicators.readings import Reading, differences, read
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking

SHEETS = [(ARCHIVE, ArchiveRevision), (MONTHLY_REPORT, MonthlyReport)]
EVERY = [(sheet, model, indicator) for sheet, model in SHEETS for indicator in sheet]
MORE = {
    "longitude": "119.296494",
    "latitude": "26.074508",
    "coord_system": "GCJ02",
    "employer_name": "某公司",
    "premises_tenure": "LEASE",
    "lease_until": "2030-01-01",
    "floor_area": "1,200.50",
    "outdoor_area": "80",
    "living_area": "600",
    "living_floors": "1-2",
    "filing_no": "闽A001",
    "filed_on": "2022-05-01",
    "hygiene_evaluation_note": "复评中",
    "has_medical_contract": "1",
    "medical_partner": "鼓东街道社区卫生服务中心",
    "medical_contract_until": "2025-01-01",
    "quality_star": "CITY",
    "government_support": "场地减免",
    "assistance_type": "SITE",
    "remark": "无\n其他",
    "mixed_children_under2": "3",
}


@pytest.fixture
def request_context(app):
    with app.test_request_context(), looking(EVERYWHERE):
        yield


@pytest.mark.parametrize(
    ("sheet", "model", "indicator"), EVERY, ids=lambda x: getattr(x, "key", "")
)
def test_every_indicator_is_a_column_of_its_own(sheet, model, indicator):
    column = model.__mapper__.columns[indicator.key]
    assert (column.computed is None) == indicator.typed_in
    assert isinstance(column.type, type(indicator.column_type))
    assert sheet[indicator.key] is indicator


@pytest.mark.parametrize(
    ("sheet", "model", "indicator"), EVERY, ids=lambda x: getattr(x, "key", "")
)
def test_every_indicator_is_drawn_as_a_field_unless_computed(
    request_context, sheet, model, indicator
):
    form = form_for(sheet)()
    if not indicator.typed_in:
        assert indicator.key not in form
        return
    field = form[indicator.key]
    assert field.label.text == indicator.label
    assert indicator.typed(None) in ("", [], {})
    if indicator.widget != "grants":
        html = BeautifulSoup(str(field()), "html.parser")
        assert html.find(id=indicator.key)


@pytest.mark.parametrize(
    ("sheet", "model", "indicator"), EVERY, ids=lambda x: getattr(x, "key", "")
)
def test_a_blank_is_shown_as_a_dash(sheet, model, indicator):
    assert str(Reading(indicator, None)) == "—"


def archive_as_typed():
    known = ARCHIVE_FIGURES | {"institution_name": "阳光托育园"}
    known |= {"unified_social_credit_code": "91350100M000100Y43"}
    typed = MultiDict({i.key: i.typed(known.get(i.key)) for i in ARCHIVE.typed_in} | MORE)
    for key in ("registration_departments", "service_modes"):
        typed.setlist(key, known[key])
    typed.pop("subsidies")
    typed.update({"subsidies-BUILD-amount": "１２。５", "subsidies-BUILD-year": "2023年"})
    return typed


def test_what_is_typed_comes_back_from_the_database_as_it_was_typed(app):
    cast, typed = Cast(app), archive_as_typed()
    with app.test_request_context(method="POST", data=typed), looking(EVERYWHERE):
        form = form_for(ARCHIVE)()
        assert form.validate(), form.errors
        lies = {"institution_id": cast.star.id, "region_path": cast.star.region_path, "version": 1}
        db.session.execute(insert(ArchiveRevision).values(**lies, **form.figures, explanations={}))
        db.session.flush()
        kept = db.session.scalars(select(ArchiveRevision)).one()
        for indicator in ARCHIVE.typed_in:
            value = getattr(kept, indicator.key)
            assert value == form.figures[indicator.key], indicator.key
            assert value not in (None, []), indicator.key
        again = form_for(ARCHIVE)(formdata=None, obj=kept)
        assert again.figures == form.figures
        for indicator in ARCHIVE:
            if not indicator.typed_in:
                assert getattr(kept, indicator.key) == indicator.of(form.figures)
        db.session.rollback()


def test_every_figure_is_read_once_in_the_order_of_the_paper(app):
    cast = Cast(app)
    archive = cast.archive(cast.star)
    with app.app_context(), looking(EVERYWHERE):
        shown = [reading for _, readings in read(ARCHIVE, archive) for reading in readings]
        assert [reading.indicator for reading in shown] == list(ARCHIVE)
        texts = {reading.indicator.key: str(reading) for reading in shown}
    assert texts["institution_type"] == "独立托育机构"
    assert texts["service_modes"] == "全日托、半日托、计时托、临时托"
    assert texts["established_on"] == "2021-03-01"
    assert texts["infant_fee"] == "3200.00"
    assert texts["is_active"] == "是"
    assert texts["places_total"] == "63"
    assert texts["longitude"] == "—"


def test_a_difference_names_what_changed_in_words_totals_included(app):
    cast = Cast(app)
    before = cast.archive(cast.star)
    after = cast.archive(cast.moon, infant_places=12, institution_type="COMM")
    with app.app_context(), looking(EVERYWHERE):
        changed = {
            d.indicator.key: (d.before, d.after) for d in differences(ARCHIVE, before, after)
        }
    assert changed["institution_type"] == (
        "独立托育机构",
        "社区托育点（含“党建+”邻里中心托育点）",
    )
    assert changed["infant_places"] == ("10", "12")
    assert changed["places_total"] == ("63", "65")
    assert "junior_places" not in changed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"subsidies-BUILD-amount": "12.5"}, "建设补贴：请同时填写金额"),
        ({"subsidies-BUILD-amount": "abc", "subsidies-BUILD-year": "2023"}, "建设补贴：金额应为"),
        ({"subsidies-BUILD-amount": "1", "subsidies-BUILD-year": "202³"}, "请同时填写金额"),
        ({"institution_type": "NOPE"}, "请从列表中选择"),
        ({"service_modes": "NOPE"}, "请从列表中选择"),
        ({"is_active": "2"}, "请选择“是”或“否”"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(app, typed, said):
    with app.test_request_context(method="POST", data=typed), looking(EVERYWHERE):
        form = form_for(ARCHIVE)()
        assert not form.validate()
        [messages] = form.errors.values()
        assert said in messages[0]
