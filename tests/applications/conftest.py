import pytest


@pytest.fixture
def ready(cast):
    """The people of the stage, with archives in force and June confirmed where they stand."""
    for institution in (cast.sunshine, cast.star, cast.moon):
        cast.archive(institution)
    return cast
