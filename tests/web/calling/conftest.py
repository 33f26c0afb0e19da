from tests.web.case.conftest import own_store, received, signed

__all__ = ["own_store", "received", "signed"]
