"""审核关系 of the archive: hard HA, soft SA (placeholder list is completed by its own module)."""

from tuoyu.archives.sheet import archive

ARCHIVE = archive()
