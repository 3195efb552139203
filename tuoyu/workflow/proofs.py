"""Whether a receipt still tells what the paper says."""

from sqlalchemy import select

from tuoyu.accounts.models import Role
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.receipts import digest_of, newest_receipt
from tuoyu.workflow.reviewable import Reviewable
from tuoyu.workflow.states import State

SAME = "系统内的数据与本回执是同一份，提交后没有改动。"
SUPERSEDED = "系统内的数据与本回执是同一份，此后已由更正后的新版本替换。"
CHANGED = "系统内的数据与本回执不一致，请与所属管理区域工作人员联系。"
RESUBMITTED = "此后已重新提交，请以新的回执为准："
BACK = {
    State.DRAFT: "提交后机构已撤回，尚未重新提交",
    State.RETURNED: "提交后已退回机构，尚未重新提交",
}
STILL_SAME, MENDED = "；数据目前没有改动。", "；数据此后已有修改。"


def paper_of(receipt):
    """The paper that was handed in, None when this person may not see it."""
    for model in Reviewable.__subclasses__():
        if number := getattr(receipt.step, model.step_key):
            return db.session.scalar(select(model).where(model.id == number))
    return None


def told_to(person, receipt):
    """(sentence, the receipt that took its place or None) for a person who may see the paper;
    None for everybody else."""
    if not person.is_authenticated:
        return None
    with looking(person.scope):
        paper = paper_of(receipt)
    if paper is None:
        return None
    with looking(EVERYWHERE):  # what was enclosed counts, wherever it lies on the map
        newest = newest_receipt(paper)
        if newest.id != receipt.id:
            return RESUBMITTED, newest
        return standing(paper, receipt, person), None


def standing(paper, receipt, person):
    """What has become of the paper since its last receipt, in a sentence."""
    is_same = digest_of(paper, receipt, receipt.step) == receipt.digest
    if paper.state == State.DRAFT and person.role != Role.INSTITUTION:
        return BACK[paper.state] + "。"  # a draft is nobody's business but the institution's
    if paper.is_editable:
        return BACK[paper.state] + (STILL_SAME if is_same else MENDED)
    if not is_same:
        return CHANGED
    return SUPERSEDED if paper.state == State.SUPERSEDED else SAME
