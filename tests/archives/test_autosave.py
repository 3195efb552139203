"""What a page of the archive that saves itself sends, and what becomes of it."""

import pytest

from tests.archives.typing import typed


@pytest.fixture
def save(director, draft, edition):
    """save("details", managers=("", "3")) sends texts as they were and as they are now."""

    def send(name, seen=None, client=director, **changes):
        data = {"edition": seen} if seen else edition(draft)
        for key, (was, now) in changes.items():
            data |= {f"was.{key}": was, key: now}
        return client.post(f"/archives/{draft}/{name}/autosave", data=data)

    return send


GRANT = {"subsidies-OPER-amount": ("", "12.5"), "subsidies-OPER-year": ("", "2023年")}


def test_every_way_of_typing_is_kept(save, draft, kept):
    basic = {
        "institution_type": ("", "INDEP"),
        "established_on": ("", "2020年9月1日"),
        "is_employer_run": ("", "0"),
        "registration_departments": ("", "MZ,SCJG"),
        "contact_phone": ("", "１３９ 0000 1234"),
    }
    answer = save("basic", **basic)
    assert answer.json["texts"] == {
        "established_on": "2020-09-01",
        "contact_phone": "13900001234",
    }
    archive = kept(draft)
    assert (archive.institution_type, archive.is_employer_run) == ("INDEP", False)
    assert sorted(archive.registration_departments) == ["MZ", "SCJG"]
    assert archive.saved_by == "阳光园长"
    both = ",".join(archive.registration_departments)
    save("basic", registration_departments=(both, ""))
    assert kept(draft).registration_departments is None


def test_a_row_of_subsidies_is_kept_while_it_is_half_written(director, save, draft, kept):
    half = {name: change for name, change in GRANT.items() if name.endswith("amount")}
    answer = save("details", **half)
    assert "请同时填写金额（万元）和年度" in answer.json["errors"]["subsidies"]
    assert kept(draft).loose == {"subsidies-OPER-amount": "12.5"}
    page = director.get(f"/archives/{draft}/details").soup
    assert page.select_one("[name=subsidies-OPER-amount]")["value"] == "12.5"
    assert "请同时填写" in page.select_one("#subsidies-error").text

    rest = {"subsidies-OPER-year": ("", "2023年")}
    answer = save("details", **rest)
    assert "errors" not in answer.json
    assert kept(draft).subsidies == {"OPER": {"amount": "12.50", "year": "2023"}}
    assert kept(draft).loose == {}


def test_one_bad_row_leaves_the_others_alone(save, draft, kept):
    save("details", **GRANT)
    bad = {"subsidies-RENT-amount": ("", "三万"), "subsidies-RENT-year": ("", "2022")}
    save("details", **bad)
    assert kept(draft).subsidies == {"OPER": {"amount": "12.50", "year": "2023"}}
    assert kept(draft).loose == {"subsidies-RENT-amount": "三万", "subsidies-RENT-year": "2022"}


def test_two_windows_and_one_row_of_subsidies(save, draft, edition, kept):
    seen = edition(draft)["edition"]
    save("details", seen, **GRANT)
    mine = {"subsidies-OPER-amount": ("", "13"), "subsidies-OPER-year": ("", "2023")}
    answer = save("details", seen, **mine).json
    assert list(answer["clashes"]) == ["subsidies-OPER-amount"]
    assert (
        "您填的是 13，另一窗口 10:00 保存的是 12.50" in answer["clashes"]["subsidies-OPER-amount"]
    )
    assert kept(draft).subsidies["OPER"]["amount"] == "12.50"


def test_options_are_named_where_two_windows_differ(save, draft, edition):
    seen = edition(draft)["edition"]
    save("basic", seen, institution_type=("", "INDEP"), is_employer_run=("", "1"))
    answer = save("basic", seen, institution_type=("", "KG"), is_employer_run=("", "0")).json
    assert (
        "您填的是 幼儿园托班，另一窗口 10:00 保存的是 独立托育机构"
        in (answer["clashes"]["institution_type"])
    )
    assert "您填的是 否，另一窗口 10:00 保存的是 是" in answer["clashes"]["is_employer_run"]


def test_what_is_computed_or_stands_on_another_page_cannot_be_posted(save, draft, kept):
    answer = save(
        "classes",
        children_total=("0", "99"),
        places_remaining_total=("0", "99"),
        managers=("", "77"),
        state=("draft", "confirmed"),
        region_path=("", "350000000000/"),
        saved_by=("", "别人"),
        infant_children=("", "7"),
    )
    assert answer.status_code == 200
    archive = kept(draft)
    assert (archive.children_total, archive.managers, archive.state) == (7, None, "draft")
    assert archive.saved_by == "阳光园长"


def test_what_lies_loose_must_be_mended_and_is_not_called_blank(director, save, draft):
    save("basic", contact_phone=("", "1385"))
    page = director.get(f"/archives/{draft}/check").soup
    summary = page.select_one(".error-summary").get_text(" ", strip=True)
    assert "联系人联系方式填的是“1385”，应为 11 位手机号" in summary
    assert "联系人联系方式、" not in summary
    field = director.get(f"/archives/{draft}/basic").soup.select_one("#contact_phone")
    assert (field["value"], field["aria-invalid"]) == ("1385", "true")


def test_a_form_that_came_back_knows_what_is_kept(director, save, draft, edition):
    save("classes", infant_children=("", "7"))
    wrong = typed("classes", infant_children="9", infant_places="十个") | edition(draft)
    form = director.post(f"/archives/{draft}/classes", data=wrong).soup
    assert form.select_one("#infant_children")["data-was"] == "7"
    assert form.select_one("#infant_places")["data-was"] == ""


def test_who_may_not_write_saves_nothing(cast, save, signed_in, client):
    change = {"seen": 1, "managers": ("", "3")}
    assert save("details", client=signed_in(cast.star_director), **change).status_code == 404
    assert save("details", client=signed_in(cast.gulou_officer), **change).status_code == 403
    assert save("details", client=client, **change).status_code == 401


def test_what_was_handed_in_stays_as_it_is(cast, director, kept):
    archive = cast.archive(cast.sunshine, "at_township")
    data = {"edition": archive.edition, "was.managers": "2", "managers": "3"}
    assert director.post(f"/archives/{archive.id}/details/autosave", data=data).status_code == 409
    assert kept(archive.id).managers == 2


def test_explanations_are_kept_while_they_are_written(cast, director, kept):
    archive = cast.archive(cast.sunshine, "draft", longitude=100, latitude=26)
    name = director.get(f"/archives/{archive.id}/check").soup.textarea["data-name"]
    data = {"edition": archive.edition, f"was.{name}": "", name: "在省外有分园"}
    answer = director.post(f"/archives/{archive.id}/explanations/autosave", data=data)
    assert answer.status_code == 200
    assert "在省外有分园" in director.get(f"/archives/{archive.id}/check").text
