"""Reading what a refusal says, where it says so, and what it kept."""

import re
from contextlib import contextmanager

TABLES = (
    "users",
    "institutions",
    "archive_revisions",
    "monthly_reports",
    "steps",
    "pictures",
    "archive_pictures",
    "account_links",
    "branch_permits",
    "applications",
    "application_pictures",
    "application_evidence",
    "questions",
    "question_remarks",
    "frequent_questions",
)
PLACES = ".error-summary li, .reason, .flash-error, p.error:not([hidden])"


@contextmanager
def nothing_changes(database):
    """The rows of the database are the same after the block as before."""
    before = contents(database)
    yield
    assert contents(database) == before


def contents(database):
    return {
        table: sorted(map(repr, database.keeper.execute(f"select * from {table}")))
        for table in TABLES
    }


def sentences(answer):
    """What the error summary, the message region or the page of the refusal says."""
    return [text_of(element) for element in answer.soup.select(PLACES)]


def insist(answer, status, *words):
    """The answer has this status and says, in Chinese and where a person looks, these words."""
    said = sentences(answer)
    assert answer.status_code == status, (answer.status_code, said)
    assert said, "nothing is said"
    for sentence in said:
        assert re.search("[一-鿿]", sentence), sentence
        assert not re.search(r"(?<!“)\b[a-z]{4,} [a-z]{2,}", sentence), sentence  # no English
    for piece in words:
        assert any(piece in sentence for sentence in said), (piece, said)


def insist_beside(answer, status, name, words):
    """The words stand in the summary, linked to the field, and beside the field that is named."""
    insist(answer, status, words)
    assert answer.soup.select_one(f".error-summary a[href='#{name}']"), "no link to the field"
    described = answer.soup.find(id=name)["aria-describedby"].split()
    beside = [text_of(answer.soup.find(id=part)) for part in described if answer.soup.find(id=part)]
    assert any(words in text for text in beside), beside


def kept_in(answer, name):
    """What stands in the field of this name: its text or option, or a list for several boxes."""
    fields = answer.soup.select(f"main [name='{name}'], [id$=_form] [name='{name}']")
    assert fields, f"no field {name}"
    if fields[0].get("type") == "radio":
        return next((field["value"] for field in fields if field.has_attr("checked")), "")
    if fields[0].get("type") == "checkbox":
        return [field["value"] for field in fields if field.has_attr("checked")]
    if fields[0].name == "select":
        chosen = fields[0].select_one("option[selected]")
        return chosen["value"] if chosen else ""
    if fields[0].name == "textarea":
        return fields[0].text.removeprefix("\n").removeprefix("\r\n")
    return fields[0].get("value", "")


def text_of(element):
    return element.get_text(" ", strip=True)


def insist_kept(answer, typed):
    """The form came back with everything that was typed."""
    lost = {name: kept_in(answer, name) for name in typed if kept_in(answer, name) != typed[name]}
    assert not lost, lost
