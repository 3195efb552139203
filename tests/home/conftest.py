from tests.review.conftest import statements

__all__ = ["statements"]
