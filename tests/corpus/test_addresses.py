"""Addresses: which may be fetched; no test here makes a connection."""

import pytest

from kzdash.corpus.addresses import check, is_public, resolve
from kzdash.errors import FetchError

PUBLIC_IP = "93.184.215.14"


def to(*ips: str):
    return lambda host, port, timeout: list(ips)


def never(host: str, port: int, timeout: float) -> list[str]:
    raise AssertionError(f"{host} was resolved")


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://kz.expert/en/news", "kz.expert", 443, "/en/news"),
        ("http://KZ.Expert", "kz.expert", 80, "/"),
        ("https://kz.expert:443/a?b=c&d#e", "kz.expert", 443, "/a?b=c&d"),
        (
            "https://kz.expert/новости?q=ә",
            "kz.expert",
            443,
            "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8?q=%D3%99",
        ),
        ("https://xn--80ak6aa92e.kz/", "xn--80ak6aa92e.kz", 443, "/"),
        (f"http://{PUBLIC_IP}/a", PUBLIC_IP, 80, "/a"),
        ("https://[2606:4700::6810:84e5]/", "2606:4700::6810:84e5", 443, "/"),
        ("https://[2606:4700::6810:84E5]:443/", "2606:4700::6810:84e5", 443, "/"),
        ("https://docker.workgroup.kz/", "docker.workgroup.kz", 443, "/"),
    ],
)
def test_check_takes_public_addresses(url: str, host: str, port: int, path: str) -> None:
    target = check(url, resolver=to(PUBLIC_IP))
    assert (target.host, target.port, target.path) == (host, port, path)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1",
        "017700000001", "0177.0.0.1", "0177.0.0.01", "127.0.0.1.", "0", "0.0.0.0", "0x0",
        "10.0.0.1", "10.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.168.257",
        "169.254.169.254", "100.64.0.1", "192.0.0.192", "192.88.99.1", "198.18.0.1", "192.0.2.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "256.256.256.256", "1.2.3.4.5", "1.2.3", "08.8.8.8", "0x",
        "[::]", "[::1]", "[::127.0.0.1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
        "[2001:0:53aa:64c:0:5efe:7f00:1]", "[2001:db8::1]", "[fe80::1]", "[fe80::1%25eth0]",
        "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]", "[100::1]", "[3fff::1]",
        "[5f00::1]", "[2a00:1450::5efe:7f00:1]", "[2a00:1450::200:5efe:10.0.0.1]",
        "[2002:7f00:1::200:5efe:808:808]", "[v1.kz.expert]", "[2606:4700::1].kz.expert",
        "[1.2.3.4]", "[1::1]", "[::1", "[zz]",
        "localhost", "LOCALHOST", "localhost.", "a.localhost", "printer", "router.local",
        "db.internal", "metadata.google.internal", "host.lan", "x.test", "x.invalid", "x.onion",
        "x.i2p", "kubernetes.default.svc", "db.cluster", "web.service.consul", "x.docker",
        "nas.workgroup", "wpad.domain",
        "1.0.0.127.in-addr.arpa", "-a.com", "a..b.com", "a_.b-.com", "a" * 64 + ".com",
        "①②⑦.0.0.1", "127。0。0。1", "１２７.0.0.1", "kz\u2024expert.com", "kz.expeгt", "ﬁ.com",
        "127.0.0.1%2f.example.com", "a%00b.com", "127%2e0%2e0%2e1", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_check_refuses_hosts_without_resolving_them(scheme: str, host: str) -> None:
    with pytest.raises(FetchError, match="refused"):
        check(f"{scheme}://{host}/a", resolver=never)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://kz.expert/", "gopher://kz.expert/", "data:text/html,a",
        "javascript:alert(1)", "//kz.expert/a", "kz.expert/a", "http:kz.expert", "http:///a",
        "http://user@kz.expert/", "http://user:pass@kz.expert/", "http://kz.expert@127.0.0.1/",
        "http://127.0.0.1\\@kz.expert/", "http://kz.expert\\a", "http://kz.expert:22/",
        "http://kz.expert:443/", "https://kz.expert:80/", "http://kz.expert:0/",
        "http://kz.expert:65536/", "http://kz.expert:a/", "http://kz.expert:/",
        "http://kz.expert:８０/",
        "http://kz expert/", " http://kz.expert/", "http://kz.expert/\r\nHost: a",
        "http://kz\t.expert", "http://kz.expert/\x00", "http://kz.expert/" + "a" * 3_000,
        "http://kz.expert#@127.0.0.1:8080/\n",
    ],
)  # fmt: skip
def test_check_refuses_addresses(url: str) -> None:
    with pytest.raises(FetchError, match="refused"):
        check(url, resolver=never)


@pytest.mark.parametrize(
    "ips",
    [("127.0.0.1",), (PUBLIC_IP, "10.0.0.1"), ("2606:4700::1", "::1"), ("fe80::1%eth0",), ()],
)
def test_check_looks_at_every_address_of_a_name(ips: tuple[str, ...]) -> None:
    with pytest.raises(FetchError, match="refused"):
        check("https://kz.expert/", resolver=to(*ips))


def test_check_keeps_the_checked_addresses() -> None:
    assert check("https://kz.expert/", resolver=to(PUBLIC_IP, "2606:4700::1")).ips == (
        PUBLIC_IP,
        "2606:4700::1",
    )


def test_check_names_a_host_that_is_not_found() -> None:
    def missing(host: str, port: int, timeout: float) -> list[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(FetchError, match="cannot be found"):
        check("https://kz.expert/", resolver=missing)


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("http://127.0.0.1:8000/a", True),
        ("http://127.0.0.1:8001/a", False),
        ("http://127.0.0.1/a", False),
        ("http://localhost:8000/", False),
        ("http://[::1]:8000/", False),
        ("http://0x7f.1:8000/", False),
        ("http://x@127.0.0.1:8000/", False),
    ],
)
def test_one_private_address_can_be_opened(url: str, opens: bool) -> None:
    if opens:
        assert check(url, ["127.0.0.1:8000"]).ips == ("127.0.0.1",)
    else:
        with pytest.raises(FetchError, match="refused"):
            check(url, ["127.0.0.1:8000"], resolver=to("127.0.0.1"))


def test_opened_name_is_resolved() -> None:
    target = check("http://localhost:8000/", ["localhost:8000"], resolver=to("127.0.0.1"))
    assert (target.ips, target.authority) == (("127.0.0.1",), "localhost:8000")


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        (PUBLIC_IP, True),
        ("2606:4700::1", True),
        ("192.0.0.9", False),
        ("2002:7f00:1::", False),
        ("2a00:1450::5efe:808:808", True),
        ("2a00:1450::300:5efe:a00:1", False),
    ],
)
def test_is_public(ip: str, public: bool) -> None:
    assert is_public(ip) is public


def test_resolve_does_not_wait_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    stop = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: stop.wait(5) and [])
    with pytest.raises(TimeoutError):
        resolve("kz.expert", 80, 0.05)
    stop.set()
