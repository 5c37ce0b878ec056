"""System checks: each speaks when it should, and is silent otherwise."""

import pytest
from django.core.checks import run_checks

from claims import checks
from claims.triggers import drop_triggers, install_triggers

GOOD = {
    "TRACKER_SITE_URL": "https://claims.example",
    "TRACKER_HTTPS": True,
    "TRACKER_REPORT_EMAIL": "errors@claims.example",
    "TRACKER_EMAIL_FROM": "Desk <desk@claims.example>",
}


@pytest.fixture
def good_settings(settings, tmp_path):
    for name, value in GOOD.items():
        setattr(settings, name, value)
    settings.TRACKER_DATA_DIR = tmp_path
    return settings


def ours(**options) -> list[str]:
    found = run_checks(**options)
    return [message.id for message in found if message.id.startswith("claims.")]


def test_good_settings_are_not_complained_about(good_settings):
    assert ours() == []


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("TRACKER_SITE_URL", "claims.example", "claims.E001"),
        ("TRACKER_SITE_URL", "https://claims.example/path", "claims.E001"),
        ("TRACKER_SITE_URL", "ftp://claims.example", "claims.E001"),
        ("TRACKER_SITE_URL", "http://claims.example", "claims.E002"),
        ("TRACKER_REPORT_EMAIL", "nobody", "claims.E003"),
        ("TRACKER_POLICIES_URL", "claims.example/policies", "claims.E008"),
        ("TRACKER_POLICIES_URL", "javascript:alert(1)", "claims.E008"),
        ("TRACKER_EMAIL_FROM", "nobody", "claims.E005"),
        ("TRACKER_EMAIL_FROM", "Desk <nobody>", "claims.E005"),
        ("TRACKER_REMIND_HOUR", 24, "claims.E006"),
        ("TRACKER_IDLE_DAYS", 0, "claims.E007"),
        ("TRACKER_REVIEW_AFTER", "figure: soon", "claims.E009"),
        ("TRACKER_REVIEW_AFTER", "rumour: 1 year", "claims.E009"),
        ("TRACKER_REPORTS_PER_ADDRESS", 0, "claims.E020"),
        ("TRACKER_REPORTS_PER_HOUR", 0, "claims.E020"),
        ("TRACKER_ANSWER_DAYS", 0, "claims.E020"),
        ("TRACKER_FORGET_DAYS", 0, "claims.E020"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(good_settings, name, value, complaint):
    setattr(good_settings, name, value)
    assert ours() == [complaint]


def test_the_faulty_part_of_the_rules_is_named(good_settings):
    good_settings.TRACKER_REVIEW_AFTER = "figure: 6 months, event: soon"
    (message,) = checks.check_review_after()
    assert message.msg.startswith("TRACKER_REVIEW_AFTER: “soon” is not a rule.")


def test_a_missing_data_folder_is_named(good_settings, tmp_path):
    good_settings.TRACKER_DATA_DIR = tmp_path / "absent"
    assert ours() == ["claims.E004"]


def test_production_wants_an_address_for_errors(good_settings):
    good_settings.TRACKER_REPORT_EMAIL = ""
    assert ours() == []
    assert "claims.W001" in ours(include_deployment_checks=True)


def test_production_wants_the_secret_key_kept(good_settings, tmp_path):
    path = tmp_path / "secret_key"
    path.touch(mode=0o600)
    assert checks.check_secret_key_file() == []
    path.chmod(0o640)
    assert [message.id for message in checks.check_secret_key_file()] == ["claims.W002"]


@pytest.mark.parametrize(
    ("version", "has_fault"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_releases_of_sqlite_with_the_wal_reset_fault(version, has_fault):
    assert checks.has_wal_fault(version) is has_fault


@pytest.mark.parametrize(
    ("vendor", "version", "said"),
    [
        ("sqlite", (3, 40, 1), ["claims.W003"]),
        ("sqlite", (3, 51, 3), []),
        ("postgresql", (3, 40, 1), []),
    ],
)
def test_the_fault_is_named_where_sqlite_is_used(vendor, version, said):
    messages = checks.sqlite_faults(vendor, version)
    assert [message.id for message in messages] == said
    assert all("3.40.1" in message.msg for message in messages)
    assert all("3.51.3" in message.hint for message in messages)


def test_a_missing_trigger_is_named(own_database):
    assert ours(databases=["default"]) == []
    drop_triggers()
    assert set(ours(databases=["default"])) == {"claims.W004"}
    install_triggers()
    assert ours(databases=["default"]) == []
