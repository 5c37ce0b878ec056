"""A sender is counted for an hour and known for a day, and nobody learns who it was."""

import datetime

import pytest
from django.core.cache import cache

from claims.jobs.limits import TooManyError, count_one, network_of, sender_key
from tests.factories import NOON

HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        (None, ""),
        ("unix:/run/socket", ""),
    ],
)
def test_a_household_is_one_network(address, network):
    assert network_of(address) == network


def test_a_sender_is_the_same_all_day_and_another_tomorrow():
    first = sender_key("192.0.2.7", NOON)
    assert first == sender_key("192.0.2.7", NOON + 11 * HOUR)
    assert first != sender_key("192.0.2.7", NOON + 12 * HOUR)
    assert first != sender_key("192.0.2.8", NOON)


def test_the_address_is_found_by_nobody_without_the_secret(settings):
    first = sender_key("192.0.2.7", NOON)
    assert "192" not in first
    settings.SECRET_KEY = "another"
    assert sender_key("192.0.2.7", NOON) != first


def test_above_the_limit_a_sender_waits_for_the_next_hour():
    late = NOON + datetime.timedelta(minutes=50)
    for _ in range(3):
        count_one("somebody", 3, late)
    with pytest.raises(TooManyError) as refusal:
        count_one("somebody", 3, late)
    assert refusal.value.seconds == 600
    count_one("another", 3, late)
    count_one("somebody", 3, NOON + HOUR)


def test_a_count_that_the_cache_dropped_begins_anew():
    class Forgetful:
        """A cache that is full at once."""

        def add(self, *arguments, **options):
            return True

        def incr(self, key):
            raise ValueError(key)

    count_one("somebody", 1, NOON, Forgetful())
    assert not cache.get("sent:somebody")
