"""Addresses as people and attackers type them."""

from urllib.parse import urlsplit

import pytest

from claims.fetch import FetchError, Reason
from claims.fetch.addresses import WebAddress, read_address, redirected

READ = {
    "http://news.example": ("http", "news.example", 80, "/"),
    "HTTPS://News.Example/A?b=c#d": ("https", "news.example", 443, "/A?b=c"),
    "https://news.example./": ("https", "news.example", 443, "/"),
    "https://news.example:80/": ("https", "news.example", 80, "/"),
    "http://news.example?q=1": ("http", "news.example", 80, "/?q=1"),
    "https://bücher.example/ä?ü=\u2019": (
        "https",
        "xn--bcher-kva.example",
        443,
        "/%C3%A4?%C3%BC=%E2%80%99",
    ),
    "https://news.example/a%20b|c": ("https", "news.example", 443, "/a%20b%7Cc"),
    "https://مثال.example/": ("https", "xn--mgbh0fb.example", 443, "/"),
    "http://93.184.215.14/": ("http", "93.184.215.14", 80, "/"),
    "http://[2606:4700:0::1111]/": ("http", "2606:4700::1111", 80, "/"),
    "http://news.example/a@b:c": ("http", "news.example", 80, "/a@b:c"),
}
NOT_UNDERSTOOD = [
    "",
    "news.example",
    "//news.example/",
    "http:news.example",
    "http:/news.example",
    "http:///news.example",
    "http://",
    "http://?q",
    *(
        f"{scheme}://news.example/"
        for scheme in ("file", "ftp", "gopher", "dict", "ws", "blob", "javascript")
    ),
    "data:text/html,<p>",
    "javascript:alert(1)",
    *(
        f"http://news.example:{port}/"
        for port in ("22", "25", "3306", "5432", "6379", "11211", "0", "65536", "-1")
    ),
    "http://news.example:080443/",
    "http://news.example:/",
    "http://news.example:８０/",
    "http://good.example@127.0.0.1/",
    "http://user:secret@news.example/",
    "http://@news.example/",
    "http://news.example\\@127.0.0.1/",
    "http://127.0.0.1\\.news.example/",
    "http://news.example#@127.0.0.1:22\\/",
    "http://news.exa\tmple/",
    "http://news.example/\n",
    " http://news.example/",
    "http://news.example/a b",
    "http://news.example/\x00",
    "http://news.example/\udc80",
    "http://news.example%00.evil.example/",
    "http://127%2e0%2e0%2e1/",
    "http://news%2eexample/",
    "http://news..example/",
    "http://.news.example/",
    "http://-news.example/",
    "http://news.example../",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 130}example/",
    f"http://news.example/{'a' * 2000}",
    "http://[::1",
    "http://::1/",
    "http://[::1]]/",
    "http://[fe80::1%25eth0]/",
    "http://[v1.fe80]/",
    "http://[1.2.3.4]/",
    "http://a\u2100b\uffff.example/",
    "http://xn--\u00e9.example/",
]
#: Every spelling of an IP address but four decimal numbers.
SPELT_ODDLY = [
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "127.1",
    "127.0.1",
    "127.000.000.001",
    "0",
    "127.0.0.1.1",
    "256.1.1.1",
    "1.2.3.4.5",
    "0x",
    "a.0x7f",
    "a.1",
    "１２７.0.0.1",
    "①②⑦.0.0.1",
    "127。0。0。1",
    "127．0．0．1",
    "1２7.0.0.1",
    "127.0.0.1.",
    "¹²⁷.0.0.1",
]
INNER_NAMES = [
    "localhost",
    "localhost.",
    "LOCALHOST",
    "sub.localhost",
    "ⓛocalhost",
    "printer",
    "printer.local",
    "metadata.google.internal",
    "router.home.arpa",
    "hidden.onion",
]


@pytest.mark.parametrize("text", READ)
def test_an_address_is_read(text):
    scheme, host, port, target = READ[text]
    assert read_address(text) == WebAddress(scheme, host, port, target)


@pytest.mark.parametrize("text", READ)
def test_two_parsers_give_an_address_one_meaning(text):
    """Ours, and that of the standard library on what we made of it."""
    address = read_address(text)
    other = urlsplit(address.url)
    assert (other.scheme, other.hostname) == (address.scheme, address.host)
    assert read_address(address.url) == address


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_has_no_one_meaning_is_refused(text):
    with pytest.raises(FetchError) as caught:
        read_address(text)
    assert caught.value.reason is Reason.ADDRESS
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("host", SPELT_ODDLY)
def test_an_ip_address_is_read_in_its_usual_spelling_only(host):
    with pytest.raises(FetchError) as caught:
        read_address(f"http://{host}/")
    assert caught.value.reason is Reason.ADDRESS


@pytest.mark.parametrize("host", INNER_NAMES)
def test_names_of_this_machine_and_its_network_are_refused(host):
    with pytest.raises(FetchError) as caught:
        read_address(f"http://{host}/")
    assert caught.value.reason is Reason.REFUSED


def test_a_fault_never_repeats_a_password():
    with pytest.raises(FetchError) as caught:
        read_address("https://ada:hunter2@news.example/")
    assert "hunter2" not in str(caught.value)


def test_the_host_header_names_a_port_only_when_it_must():
    assert read_address("https://news.example:443/").host_header == "news.example"
    assert read_address("http://news.example:443/").host_header == "news.example:443"
    assert read_address("http://[2606:4700::1]/").host_header == "[2606:4700::1]"


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://news.example/b"),
        ("b c", "https://news.example/a/b%20c"),
        ("?q", "https://news.example/a/x?q"),
        ("//other.example/", "https://other.example/"),
        ("https://other.example", "https://other.example/"),
        ("  /b\t", "https://news.example/b"),
    ],
)
def test_a_redirect_is_read_from_where_it_stands(location, url):
    base = read_address("https://news.example/a/x")
    assert redirected(base, location).url == url


@pytest.mark.parametrize(
    "location",
    [
        "http://other.example/",
        "file:///etc/passwd",
        "ftp://other.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://[::1/",
        "https://ada:secret@other.example/",
    ],
)
def test_a_redirect_leads_to_encrypted_pages_of_the_web_only(location):
    with pytest.raises(FetchError):
        redirected(read_address("https://news.example/"), location)
