import pytest

from bench.sheet import drawing_board


@pytest.fixture
def paper_app():
    """An application that can draw a sheet and has no database."""
    app = drawing_board()
    app.config["SECRET_KEY"] = "a key for tests"
    with app.test_request_context():
        yield app
