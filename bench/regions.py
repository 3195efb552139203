"""How long it takes to import the regions and to find one: `python -m bench.regions`.

Makes a database of its own on the embedded server in TUOYU_HOME, or beside the one that
DATABASE_URL names, and drops it at the end. Beside each time stands that of the same SQL on a
bare cursor. Budgets: an import 5 s, an answer 30 ms. Times are for one quiet core.
"""

from statistics import median

from bench.measuring import own_database, recorded, run_bare, seconds, tell
from config import Config
from tuoyu import create_app
from tuoyu.extensions import db
from tuoyu.regions.importing import import_regions
from tuoyu.regions.search import find
from tuoyu.scope import EVERYWHERE, looking

NAME = "bench_regions"
ROUNDS = 15
QUERIES = (
    "gdjd",
    "鼓东",
    "350102001",
    "xm",
    "鼓楼 中山",
    "gl zs",
    "福州市鼓楼区",
    "x c",
    "a",
    "村",
)
PLACES = (
    "q=gdjd",
    "q=中山",
    "parent=350100000000",
    "parent=350102001000",
    "parent=ZONE-PT&parent=350128001000",
)


def main():
    with own_database(NAME) as url:
        app = create_app(Config(url))
        print(f"{'':42}{'here':>9}{'bare SQL':>10}")
        with app.app_context(), looking(EVERYWHERE):
            db.create_all()
            imports()
            searches()
        pages(app.test_client(), app)
        with app.app_context():
            db.engine.dispose()


def imports():
    for what in ("import, empty database", "import again, nothing to do"):
        with recorded() as statements:
            took = seconds(import_regions)
        db.session.rollback()
        tell(what, took, seconds(lambda said=statements: run_bare(said)))
        db.session.rollback()
        import_regions()
        db.session.commit()
    db.session.connection().exec_driver_sql("analyze regions")
    db.session.commit()


def searches():
    for query in QUERIES:
        with recorded() as statements:
            find(query)
        here = median(seconds(lambda words=query: find_afresh(words)) for _ in range(ROUNDS))
        bare = median(seconds(lambda said=statements: run_bare(said)) for _ in range(ROUNDS))
        tell(f"find({query!r})", here, bare)


def pages(client, app):
    """The picker as a form asks for it, from request to answer."""
    for place in PLACES:
        target = "region_results" if place.startswith("q=") else "region_picker"
        ask = asking(client, f"/regions/choose?name=region_code&{place}", target)
        with app.app_context(), recorded() as statements:
            ask()
        here = median(seconds(ask) for _ in range(ROUNDS))
        with app.app_context():
            bare = median(seconds(lambda said=statements: run_bare(said)) for _ in range(ROUNDS))
        tell(f"GET {place} ({len(statements)} statements)", here, bare)


def asking(client, address, target):
    return lambda: client.get(address, headers={"HX-Request": "true", "HX-Target": target})


def find_afresh(query):
    db.session.expunge_all()
    return find(query)


if __name__ == "__main__":
    main()
