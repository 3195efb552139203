"""An institution whose main account has passed from one person to another."""

from random import Random

from sqlalchemy import select

from tuoyu.accounts.events import Event, note
from tuoyu.accounts.handover import hand_over
from tuoyu.accounts.models import User
from tuoyu.accounts.people import director
from tuoyu.demo import names
from tuoyu.extensions import db

FIRST, HEIR, HELPER = "gulou_j08b", "gulou_j08", "gulou_j08c"
MOBILES = {HEIR: 901, HELPER: 902}


def take_on(house):
    """The main account makes two operators."""
    for username in MOBILES:
        name, contact = names.person(Random(username)), names.contact(username, MOBILES[username])
        operator = director(house.institution, username, name, house.offices.password, **contact)
        db.session.flush()
        note(Event.INVITED, operator, by=house.director)


def hand_on(house):
    """One of them leads from now on; who led stays to help."""
    heir = db.session.scalars(select(User).where(User.username == HEIR)).one()
    hand_over(house.director, heir, "园长岗位调整，由新任园长负责填报")
    house.director = heir
