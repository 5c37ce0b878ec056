"""Addresses of archived copies: refused where they speak against themselves."""

import datetime

import pytest

from claims.checking.archives import ArchiveFault, archive_fault

DAY = datetime.date(2016, 3, 4)
TODAY = datetime.date(2026, 3, 2)
PAGE = "https://www.elmpost.example/2016/river?page=2"
WAYBACK = "https://web.archive.example/web"


def fault(archive_url: str, on: datetime.date | None = DAY) -> ArchiveFault | None:
    return archive_fault(archive_url, on, [PAGE, ""], TODAY)


@pytest.mark.parametrize(
    "url",
    [
        f"{WAYBACK}/20160304101112/{PAGE}",
        f"{WAYBACK}/20160304/http://elmpost.example/2016/river/",
        f"{WAYBACK}/20160304101112id_/https:/www.elmpost.example/2016/river",
        f"{WAYBACK}/2016/www.elmpost.example/2016/river",
        f"{WAYBACK}/20160305000112/{PAGE}",  # the next day, in UTC
        "https://perma.example/AB12-CD34",
        "https://archive.example/xYz12",
    ],
)
def test_the_address_of_a_copy_is_taken(url: str) -> None:
    assert fault(url) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (PAGE, ArchiveFault.SAME_HOST),
        ("https://elmpost.example/archive/river", ArchiveFault.SAME_HOST),
        ("https://", ArchiveFault.SAME_HOST),
        (f"{WAYBACK}/*/{PAGE}", ArchiveFault.NO_COPY),
        ("https://archive.example/", ArchiveFault.NO_COPY),
        ("https://archive.example", ArchiveFault.NO_COPY),
        (
            f"{WAYBACK}/20160304101112/https://hillpost.example/",
            ArchiveFault.OTHER_PAGE,
        ),
        (f"{WAYBACK}/20160304101112/{PAGE[:-12]}", ArchiveFault.OTHER_PAGE),
        (f"{WAYBACK}/20160307101112/{PAGE}", ArchiveFault.OTHER_DAY),
        (f"{WAYBACK}/2015/{PAGE}", ArchiveFault.OTHER_DAY),
    ],
)
def test_an_address_that_is_no_copy_of_the_page_is_refused(url, expected) -> None:
    assert fault(url) is expected


def test_no_copy_is_of_a_day_to_come() -> None:
    later = TODAY + datetime.timedelta(days=2)
    assert fault("https://archive.example/xYz12", later) is ArchiveFault.FUTURE


def test_without_a_date_or_an_address_there_is_less_to_hold_it_to() -> None:
    url = f"{WAYBACK}/20160304101112/{PAGE}"
    assert fault(url, None) is None
    assert archive_fault(url, DAY, [], TODAY) is None
