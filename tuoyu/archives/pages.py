"""The pages about one archive: what they are given to draw."""

from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.comparison import changes, former_version, picture_changes
from tuoyu.archives.findings import BLANK, findings, progress
from tuoyu.archives.forms import totals_of
from tuoyu.archives.neighbours import places_and_institutions_in
from tuoyu.archives.tasks import tasks
from tuoyu.archives.versions import versions_of
from tuoyu.indicators.readings import read
from tuoyu.web.filters import minute
from tuoyu.web.pages import page
from tuoyu.workflow.receipts import newest_receipt, newest_receipts
from tuoyu.workflow.states import State

MINE, EDIT, PICTURES, CHECK, SHOW = (
    f"archives/{name}.html" for name in ("mine", "edit", "pictures", "check", "show")
)
STALE = (
    "您打开本页后，{who}于 {when} 保存过这份档案，其中有您也改动的项目。您本次填写的内容没有保存，"
    "都还在下面；请在标出的各项下选择保留哪一个，再点“暂存”。"
)


def mine_context(institution, person):
    """The task list of an institution: the open version, the one in force, the older ones."""
    versions = versions_of(institution.id)
    opened = next((v for v in versions if v.is_open), None)
    found = findings(opened) if opened and opened.is_editable else None
    return {
        "institution": institution,
        "versions": versions,
        "opened": opened,
        "receipts": newest_receipts(versions),
        "valid": next((v for v in versions if v.state == State.CONFIRMED), None),
        "tasks": list(tasks(opened, found)) if found else [],
        "moves": {move.name for move in opened.open_moves(person)} if opened else (),
    }


def edit_context(archive, name, form):
    found = findings(archive)
    return {
        "archive": archive,
        "name": name,
        "form": form,
        "sheet": ARCHIVE.page(name),
        "totals": totals_of(form),
        "progress": list(progress(archive, found)),
        "remarks": remarks(archive, found),
        "around": places_and_institutions_in(archive.region_path) if name == "basic" else None,
    }


def remarks(archive, found):
    """{field: sentences} of what a reviewer marked and what the checks ask, beside the field."""
    marked = archive.last_return.remarks if archive.last_return else {}
    said = {key: [sentence] for key, sentence in marked.items()}
    for finding in (*found.hard, *found.soft):
        if finding.complaint.check_id == BLANK:
            continue  # no figure: the field says so itself
        said.setdefault(finding.field, []).append(finding.complaint.message)
    return {key: "；".join(sentences) for key, sentences in said.items()}


def stale_page(archive, name, form, clashes):
    """Everything typed, beside what was saved in the meantime, and which of the two to keep."""
    said = STALE.format(who=archive.saved_by or "他人", when=minute(archive.saved_at))
    told = [(key, f"{ARCHIVE[key].label}：{both}") for key, (both, _) in clashes.items()]
    return page(EDIT, **edit_context(archive, name, form), stale=said, told=told, clashes=clashes)


def pictures_context(archive):
    return {"archive": archive, "progress": list(progress(archive, findings(archive)))}


def check_page(archive, edition, posted=None, refusal=None):
    found = findings(archive, posted)
    return page(
        CHECK,
        archive=archive,
        edition=edition,
        found=found,
        progress=list(progress(archive, found)),
        sections=list(read(ARCHIVE, archive)),
        refusal=refusal,
    )


def show_page(archive, person):
    former = former_version(archive)
    return page(
        SHOW,
        archive=archive,
        former=former,
        differences=changes(archive, former),
        pictures=picture_changes(archive, former) if former else None,
        sections=list(read(ARCHIVE, archive)),
        labels={indicator.key: indicator.label for indicator in ARCHIVE},
        receipt=newest_receipt(archive),
        moves={move.name for move in archive.open_moves(person)},
    )
