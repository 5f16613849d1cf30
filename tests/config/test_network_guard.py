"""The tests' own wall: nothing but this machine can be reached."""

import socket

import pytest

from tests.no_network import NetworkError


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_another_machine_cant_be_reached(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as caller, pytest.raises(NetworkError):
        caller.connect((address, 80))


def test_another_machines_name_isnt_even_looked_up():
    with pytest.raises(NetworkError):
        socket.create_connection(("example.org", 80))


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
