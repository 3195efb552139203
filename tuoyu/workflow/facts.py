from functools import cached_property

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, array_agg

from tuoyu.accounts.models import Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.regions.models import Region, ReviewMode
from tuoyu.workflow.history import Step


def told_by_the_paper(name):
    return property(lambda facts: getattr(facts.paper, name))


class Facts:
    """What the law asks of a paper besides its state; looked up only when asked, unless `known`."""

    asked_by = told_by_the_paper("asked_by")
    is_request = told_by_the_paper("is_request")
    is_light = told_by_the_paper("is_light")
    leaves_county = told_by_the_paper("leaves_county")
    province_decides = told_by_the_paper("province_decides")

    def __init__(self, paper, **known):
        self.paper = paper
        self.__dict__.update(known)

    @cached_property
    def place(self):
        """What townships_of tells of the township it lies in."""
        return townships_of([self.paper])[township_path(self.paper)]

    @property
    def township(self):
        """The township (街道) the paper lies in."""
        return self.place["township"]

    @property
    def township_staffed(self):
        """Whether an active township officer exists who could review."""
        return self.place["township_staffed"]

    @cached_property
    def moves(self):
        """The names of the moves made so far."""
        return [step.move for step in self.paper.steps]

    @property
    def county_only(self):
        """Nobody reviews below the county here, or nothing of this kind."""
        return self.paper.skips_township or self.township.review_mode == ReviewMode.COUNTY_ONLY

    @property
    def last_move(self):
        """The name of the last move, None before the first."""
        return self.moves[-1] if self.moves else None

    @property
    def township_overdue(self):
        due = self.paper.township_due
        return due is not None and now() > due

    @property
    def county_stood_in(self):
        """The county approved for the township since the paper was last handed in (县级代审)."""
        for move in reversed(self.moves):
            if move in ("approve_for_township", "submit"):
                return move == "approve_for_township"
        return False


def facts_of(papers):
    """{id: Facts} of papers of one kind, in two statements however many they are."""
    townships, trails = townships_of(papers), trails_of(papers)
    return {
        paper.id: Facts(
            paper, moves=trails.get(paper.id, []), place=townships[township_path(paper)]
        )
        for paper in papers
    }


def townships_of(papers):
    """{path: what Facts know of it} of the townships these lie in, institutions or papers."""
    if not papers:
        return {}
    paths = {township_path(paper) for paper in papers}
    code_of = {path: path.rstrip("/").rpartition("/")[2] for path in paths}
    wanted = select(Region, an_officer_at(Region.path)).where(Region.code.in_(code_of.values()))
    found = {region.code: (region, staffed) for region, staffed in db.session.execute(wanted)}
    return {path: what_is_known_of(path, *found[code]) for path, code in code_of.items()}


def what_is_known_of(path, township, staffed):
    """Nobody is left in a township that hangs elsewhere by now: its officer went along."""
    return {"township": township, "township_staffed": staffed and township.path == path}


def trails_of(papers):
    if not papers:
        return {}
    key = getattr(Step, papers[0].step_key)
    moves = array_agg(aggregate_order_by(Step.move, Step.id))
    made = select(key, moves).where(key.in_([paper.id for paper in papers])).group_by(key)
    return dict(list(db.session.execute(made)))


def township_path(paper):
    """The path of the township above the village the paper lies in."""
    return paper.region_path.rstrip("/").rpartition("/")[0] + "/"


def an_officer_at(path):
    return exists().where(User.role == Role.TOWNSHIP, User.region_path == path, User.active)
