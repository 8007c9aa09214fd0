import contextlib

import pytest

from company import Company
from git_servers import http_server, ssh_server

SERVERS = {"http": http_server, "ssh": ssh_server}


@pytest.fixture(params=SERVERS)
def begin(request, tmp_path):
    """Begins a company on a git server; what it started ends with the test."""
    yield from beginning(SERVERS[request.param], tmp_path)


@pytest.fixture
def begin_http(tmp_path):
    yield from beginning(http_server, tmp_path)


def beginning(server, folder):
    with contextlib.ExitStack() as stack:
        (folder / "srv").mkdir()
        (folder / "server").mkdir()
        transport = stack.enter_context(server(folder / "server", folder / "srv"))

        def begin(**options):
            company = Company(folder, transport, **options)
            stack.callback(company.end)
            company.serve()
            return company

        yield begin
