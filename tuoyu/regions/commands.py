import click
from flask.cli import with_appcontext

from tuoyu.extensions import db
from tuoyu.regions.importing import import_regions
from tuoyu.regions.tree import BrokenTree
from tuoyu.scope import EVERYWHERE, looking

SHOWN = 5


@click.command("import-regions")
@with_appcontext
def import_regions_command():
    """Bring the regions in line with data/fujian_regions.csv and data/functional_zones.csv."""
    try:
        with db.session.begin(), looking(EVERYWHERE):
            changes = import_regions()
    except BrokenTree as broken:
        raise click.ClickException(str(broken)) from broken
    for line in told(changes):
        click.echo(line)


def told(changes):
    """What happened, a line for each kind of change with the first few names."""
    yield f"区划导入完成：{changes.touched} 个区域有变化。"
    kinds = (
        ("新增", changes.added),
        ("更名", changes.renamed),
        ("调整上级", changes.moved),
        ("停用", changes.retired),
    )
    for word, names in kinds:
        if names:
            more = "……" if len(names) > SHOWN else ""
            yield f"{word} {len(names)} 个：{'、'.join(names[:SHOWN])}{more}"
