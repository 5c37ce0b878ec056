"""Which IP addresses are of the public internet."""

import pytest

from claims.fetch.networks import refusal

_REFUSED = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1
    127.255.255.254 168.63.129.16 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255
    192.0.0.1 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1
    192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8
    ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 64:ff9b::a9fe:a9fe
    64:ff9b:1::7f00:1 64:ff9b:1::808:808 100::1 2001::1 2001:0:7f00:1::1 2001:2::1
    2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1
    3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1
    2606:4700::5efe:7f00:1 2606:4700::200:5efe:808:808 4000::1
"""
_PUBLIC = """
    1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.1 93.184.215.14 100.63.255.255 100.128.0.1
    126.255.255.255 128.0.0.1 169.253.255.255 172.15.255.255 172.32.0.1 192.0.1.1
    192.167.255.255 192.169.0.1 198.17.255.255 198.20.0.1 223.255.255.255
    2606:4700::1111 2001:4860:4860::8888 2a00:1450:4001::200e 64:ff9b::808:808
"""
REFUSED, PUBLIC = _REFUSED.split(), _PUBLIC.split()


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_of_the_public_internet_is_refused(address):
    assert refusal(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_let_through(address):
    assert refusal(address) is None


def test_a_name_is_no_ip_address():
    with pytest.raises(ValueError, match="example"):
        refusal("news.example")
