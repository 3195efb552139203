"""Who gets what, written down once: every route of the program, for everybody, everywhere, in
every state. `test_matrix.py` asks each question; a route that is missing here fails."""

from dataclasses import dataclass, field

from tuoyu.workflow.states import State

D, T, C, R, F, X = (
    State.DRAFT,
    State.AT_TOWNSHIP,
    State.AT_COUNTY,
    State.RETURNED,
    State.CONFIRMED,
    State.SUPERSEDED,
)
ALL = (D, T, C, R, F, X)
OPEN = (D, R)

# Where the papers lie, seen from the actors, who stand in 鼓东街道, 鼓楼区, 福州市 and the province.
PLACES = {
    "own": "350102001001",
    "sibling township": "350102002003",
    "sibling county": "350103001005",
    "other city": "350203001004",
    "pingtan": "350128001002",
}
SEES = {
    "director": {"own"},
    "township": {"own"},
    "county": {"own", "sibling township"},
    "city": {"own", "sibling township", "sibling county"},
    "province": set(PLACES),
    "sysadmin": set(),
}
ACTORS = ("nobody", *SEES)
DIRECTOR, TOWNSHIP, COUNTY = "director", "township", "county"
OFFICERS = ("township", "county", "city", "province")
EVERYBODY = tuple(SEES)


@dataclass(frozen=True)
class Row:
    """One route. `may`: role → the states in which it succeeds (with `ok`); in other states of a
    paper it may see, `otherwise`. Whoever is not in `may` gets 403."""

    may: dict
    method: str = "GET"
    about: str = (
        ""  # archive, report, receipt, both (review), region, picture; "" for no thing at all
    )
    ok: int = 200
    otherwise: int = 409
    data: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)  # role → states in which it does not see the paper
    inside: int = 0  # what a public page answers to somebody who is signed in, if not `ok`


def post(may, about, ok=302, **more):
    return Row(may, "POST", about, ok, **more)


NO_DRAFTS = dict.fromkeys(OFFICERS, (D,))
KEEPERS = dict.fromkeys(("county", "city", "province", "sysadmin"), ALL)
MINE, DESKS = {DIRECTOR: ALL}, {TOWNSHIP: ALL, COUNTY: ALL}
MINE_OPEN, MINE_DRAFT = {DIRECTOR: OPEN}, {DIRECTOR: (D,)}
SEEN = {DIRECTOR: ALL} | dict.fromkeys(OFFICERS, ALL)
MONTH = {"month": "2023-06"}
REASON = {"reason": "请核对人数"}
PAGE = {"name": "classes"}
COMPARED = {"ft_staff": "17", "was.ft_staff": "17"}
NOBODY_THERE, RENOVATION = {"kind": "zero"}, {"cause": "装修", "replace": "y"}
ASKERS = dict.fromkeys((DIRECTOR, TOWNSHIP, COUNTY, "city"), ALL)
PROVINCE = {"province": ALL}
PUBLISHERS = dict.fromkeys((COUNTY, "city", "province"), ALL)
NO_QUESTION = {"question_id": 1}
OFFICES = dict.fromkeys((DIRECTOR, TOWNSHIP, COUNTY), ALL)  # who may ask for something
ASK_OF_A_MONTH = dict.fromkeys(OFFICES, (F,))
SECRET = {"hidden": NO_DRAFTS}


def of_its_maker(states):
    """A director may, in these states; an officer who did not make it never does."""
    return {DIRECTOR: states, TOWNSHIP: (), COUNTY: ()}


ROUTES = {
    "static": Row(None, values={"filename": "css/page.css"}),
    "home.healthz": Row(None),
    "home.start": Row(dict.fromkeys(EVERYBODY, ALL)),
    "accounts.login": Row(None, inside=302),
    "accounts.sign_in": Row(None, "POST", ok=422),
    "accounts.logout": Row(None, "POST", ok=302),
    "accounts.notice": Row(None),
    "accounts.registration": Row(None, ok=302),
    "accounts.register_institution": Row(None, "POST", ok=422),
    "accounts.address_code": Row(None),
    "regions.choose": Row(None),
    # One's own account, and those of others
    "accounts.forgotten": Row(None),
    "accounts.recover": Row(None, "POST", ok=409),
    "accounts.sent": Row(None),
    "accounts.new_password": Row(None, ok=410),
    "accounts.choose_password": Row(None, "POST", ok=410),
    "accounts.new_mailbox": Row(None, ok=410),
    "accounts.confirm_mailbox": Row(None, "POST", ok=410),
    "accounts.mine": Row(dict.fromkeys(EVERYBODY, ALL)),
    "accounts.details": Row(dict.fromkeys(EVERYBODY, ALL)),
    "accounts.save_details": post(
        dict.fromkeys(EVERYBODY, ALL), "", 422, data={"display_name": ""}
    ),
    "accounts.mailbox": Row(dict.fromkeys(EVERYBODY, ALL)),
    "accounts.change_mailbox": post(dict.fromkeys(EVERYBODY, ALL), "", 422),
    "accounts.password": Row(dict.fromkeys(EVERYBODY, ALL)),
    "accounts.change_password": post(dict.fromkeys(EVERYBODY, ALL), "", 422),
    "accounts.alike": Row(None),  # history: registration
    "accounts.branches": Row({COUNTY: ALL}),
    "accounts.permit_branch": post({COUNTY: ALL}, "", 422),
    "accounts.withdraw_permit": post({COUNTY: ALL}, "", 404, values={"permit_id": 1}),
    "accounts.people": Row(KEEPERS),
    "accounts.reset_form": Row(KEEPERS, about="account"),
    "accounts.reset": post(KEEPERS, "account", 200, data={"reason": "已回拨核实"}),
    "accounts.operators": Row(MINE),
    "accounts.new_operator": Row(MINE),
    "accounts.add_operator": post(MINE, "", 422),
    "accounts.renew_operator": post(MINE, "operator", 200),
    "accounts.disable_operator": post(MINE, "operator"),
    "accounts.enable_operator": post(MINE, "operator"),
    "accounts.handover": Row(MINE),
    "accounts.hand_over": post(MINE, "", 422),
    "accounts.handovers_pdf": Row(MINE),
    # The archive
    "archives.mine": Row(MINE),
    "archives.create": post(MINE, ""),
    "archives.show": Row(SEEN, about="archive", hidden=NO_DRAFTS),
    "archives.find_place": Row(MINE_OPEN, about="archive", otherwise=302),
    "archives.outline": Row(MINE, about="archive"),
    "archives.place": post(MINE_OPEN, "archive", 422),
    "archives.versions": Row(SEEN, about="archive", hidden=NO_DRAFTS),
    "archives.edit": Row(MINE_OPEN, about="archive", values=PAGE, otherwise=302),
    "archives.save": post(MINE_OPEN, "archive", values=PAGE),
    # Saving by itself
    "archives.autosave": post(MINE_OPEN, "archive", 200, values=PAGE),
    "archives.autosave_explanations": post(MINE_OPEN, "archive", 200),
    "reports.autosave": post(MINE_OPEN, "report", 200),
    "reports.autosave_explanations": post(MINE_OPEN, "report", 200),
    # The archive, further
    "archives.totals": post(MINE, "archive", 200, values=PAGE),
    "archives.check": Row(MINE_OPEN, about="archive", otherwise=302),
    "archives.explain": post(MINE_OPEN, "archive"),
    "archives.submit": post(MINE_OPEN, "archive"),
    "archives.withdraw": post({DIRECTOR: (T,)}, "archive"),
    "archives.delete": post(MINE_DRAFT, "archive"),
    "archives.revise": post({DIRECTOR: (F,)}, "archive"),
    "archives.pictures": Row(MINE_OPEN, about="archive", otherwise=302),
    "archives.upload": post(MINE_OPEN, "archive"),
    "archives.caption": post(MINE_OPEN, "archive", data={"caption": "活动室"}),
    "archives.forward": post(MINE_OPEN, "archive"),
    "archives.remove": post(MINE_OPEN, "archive"),
    "archives.picture": Row(SEEN, about="archive"),
    "archives.thumbnail": Row(SEEN, about="archive"),
    # The month
    "reports.mine": Row(MINE),
    "reports.open_month": post({DIRECTOR: ()}, "", data=MONTH),
    "reports.show": Row(SEEN, about="report", hidden=NO_DRAFTS),
    "reports.edit": Row(MINE_OPEN, about="report", otherwise=302),
    "reports.save": post(MINE_OPEN, "report"),
    "reports.totals": post(MINE, "report"),
    "reports.check": Row(MINE_OPEN, about="report", otherwise=302),
    "reports.explain": post(MINE_OPEN, "report"),
    "reports.submit": post(MINE_OPEN, "report"),
    "reports.withdraw": post({DIRECTOR: (T,)}, "report"),
    "reports.delete": post(MINE_DRAFT, "report"),
    # Receipts and paper
    "receipts.check": Row(None),
    "receipts.show": Row(SEEN, about="receipt"),
    "receipts.pdf": Row(SEEN, about="receipt"),
    "reports.printout": Row(SEEN, about="report", hidden=NO_DRAFTS),
    "reports.printout_pdf": Row(SEEN, about="report", hidden=NO_DRAFTS),
    "reports.blank": Row(MINE, values=MONTH),
    "archives.record": Row(SEEN, about="archive", hidden=NO_DRAFTS),
    "archives.record_pdf": Row(SEEN, about="archive", hidden=NO_DRAFTS),
    # Filling in with Excel
    "reports.workbook": Row(MINE_OPEN, about="report", otherwise=302),
    "reports.template": Row(MINE_OPEN, about="report"),
    "reports.upload": post(MINE_OPEN, "report", 422),
    "reports.import_figures": post(MINE_OPEN, "report", data=COMPARED),
    "reports.marked": post(MINE_OPEN, "report", 200, data=COMPARED),
    # Declarations of a month
    "reports.declaration": Row(MINE_OPEN, about="report", values=NOBODY_THERE),
    "reports.declare": post(MINE_OPEN, "report", values=NOBODY_THERE, data=RENOVATION),
    "reports.take_declaration_back": post(MINE_OPEN, "report"),
    # Applications: each of them a pause; X stands for one that was given up
    "applications.mine": Row(OFFICES),
    "applications.new": Row(MINE, values={"kind": "move"}),
    "applications.create": post(MINE, "", values={"kind": "close"}),
    "applications.correction": Row(ASK_OF_A_MONTH, about="report", otherwise=422, hidden=NO_DRAFTS),
    "applications.correct": post(ASK_OF_A_MONTH, "report", otherwise=422, hidden=NO_DRAFTS),
    "applications.show": Row(SEEN, about="application", hidden=NO_DRAFTS),
    "applications.edit": Row(of_its_maker(OPEN), about="application", otherwise=302, **SECRET),
    "applications.save": post(of_its_maker(OPEN), "application", **SECRET),
    "applications.withdraw": post(of_its_maker((T,)), "application", **SECRET),
    "applications.drop": post(of_its_maker((R,)), "application", **SECRET),
    "applications.delete": post(of_its_maker((D,)), "application", **SECRET),
    "applications.evidence": Row(SEEN, about="application", ok=404, hidden=NO_DRAFTS),
    "applications.upload": post(MINE, "application", 404),  # of other pictures only
    "applications.caption": post(MINE, "application", 404),
    "applications.forward": post(MINE, "application", 404),
    "applications.remove": post(MINE, "application", 404),
    # The desk
    "review.desk": Row(DESKS, values={"kind": "reports"}),
    "review.paper": Row(DESKS, about="both", hidden=NO_DRAFTS),
    "review.return_form": Row({TOWNSHIP: (T,), COUNTY: (C,)}, about="both", hidden=NO_DRAFTS),
    "review.send_back": post({TOWNSHIP: (T,), COUNTY: (C,)}, "both", data=REASON, hidden=NO_DRAFTS),
    "review.approve": post({TOWNSHIP: (T,)}, "both", hidden=NO_DRAFTS),
    "review.take_back": post({TOWNSHIP: (C,)}, "both", hidden=NO_DRAFTS),
    "review.approve_for_township": post({COUNTY: ()}, "both", hidden=NO_DRAFTS),
    "review.confirm": post({TOWNSHIP: (), COUNTY: (C,)}, "both", hidden=NO_DRAFTS),
    "review.release": post({COUNTY: ()}, "both", hidden=NO_DRAFTS),
    "review.receive": post({COUNTY: ()}, "both", hidden=NO_DRAFTS),
    "review.pass_up": post({COUNTY: ()}, "both", hidden=NO_DRAFTS),
    "review.township_return_form": Row({COUNTY: (C,)}, about="both", hidden=NO_DRAFTS),
    "review.send_to_township": post({COUNTY: (C,)}, "both", data=REASON, hidden=NO_DRAFTS),
    # Problem feedback (who may see which question is asked in tests/feedback)
    "feedback.index": Row(ASKERS | PROVINCE),
    "feedback.new": Row(ASKERS),
    "feedback.ask": post(ASKERS, "", 422),
    "feedback.show": Row(ASKERS | PROVINCE, values=NO_QUESTION, ok=404),
    "feedback.picture": Row(ASKERS | PROVINCE, values=NO_QUESTION, ok=404),
    "feedback.answer": post(dict.fromkeys(OFFICERS, ALL), "", 404, values=NO_QUESTION),
    "feedback.pass_up": post(dict.fromkeys(OFFICERS, ALL), "", 404, values=NO_QUESTION),
    "feedback.ask_again": post(ASKERS, "", 404, values=NO_QUESTION),
    "feedback.close": post(ASKERS, "", 404, values=NO_QUESTION),
    "feedback.frequent": Row(ASKERS | PROVINCE),
    "feedback.publication": Row(PUBLISHERS, values=NO_QUESTION, ok=404),
    "feedback.publish_one": post(PUBLISHERS, "", 422),
    "feedback.withdraw": post(PUBLISHERS, "", 404, values={"entry_id": 1}),
    # The manual
    "manual.contents": Row(None),
    "manual.chapter": Row(None, values={"name": "report"}),
    # The summary sheets
    "summaries.index": Row(dict.fromkeys(OFFICERS, ALL)),
    "summaries.own": Row(dict.fromkeys(OFFICERS, ALL), values=MONTH),
    "summaries.show": Row(dict.fromkeys(OFFICERS, ALL), about="region", values=MONTH),
    "summaries.pdf": Row(dict.fromkeys(OFFICERS, ALL), about="region", values=MONTH),
}

# The desk again, with an application on it: the province has a desk of its own for these.
ON_THE_DESK = {
    "review.paper": Row(DESKS | PROVINCE, about="application", hidden=NO_DRAFTS),
    "review.return_form": Row(
        {TOWNSHIP: (T,), COUNTY: (C,), "province": ()}, about="application", hidden=NO_DRAFTS
    ),
    "review.send_back": post(
        {TOWNSHIP: (T,), COUNTY: (C,), "province": ()}, "application", data=REASON, hidden=NO_DRAFTS
    ),
    "review.approve": post({TOWNSHIP: (T,)}, "application", hidden=NO_DRAFTS),
    "review.confirm": post(
        {TOWNSHIP: (), COUNTY: (C,), "province": ()}, "application", hidden=NO_DRAFTS
    ),
    "review.receive": post({COUNTY: ()}, "application", hidden=NO_DRAFTS),
    "review.send_to_township": post({COUNTY: (C,)}, "application", data=REASON, hidden=NO_DRAFTS),
}

# Regions named in an address, and who may open their sheet.
REGIONS = {
    "350000000000": {"province"},
    "350100000000": {"city", "province"},
    "350102000000": {"county", "city", "province"},
    "350102001000": {"township", "county", "city", "province"},
    "350102002000": {"county", "city", "province"},
    "350103000000": {"city", "province"},
    "350200000000": {"province"},
    "ZONE-PT": {"province"},
    "000000000000": set(),
}

# Whose account it is, and who may set it right; operators are set right by their own director.
ACCOUNTS = {
    "own": {"county", "sysadmin"},
    "sibling township": {"county", "sysadmin"},
    "sibling county": {"sysadmin"},
    "other city": {"sysadmin"},
    "pingtan": {"sysadmin"},
    "township": {"county", "sysadmin"},
    "county": {"city", "sysadmin"},
    "city": {"province", "sysadmin"},
    "province": {"sysadmin"},
    "sysadmin": set(),
}
OPERATORS = dict.fromkeys(PLACES, set()) | {"own": {"director"}}
WHOSE = {"account": ACCOUNTS, "operator": OPERATORS}
