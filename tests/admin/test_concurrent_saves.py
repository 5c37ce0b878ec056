"""Many saves of one page at one moment: as many are taken as versions are counted."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from claims.models import Claim, Event
from claims.models.events import verify_chain
from claims.workflow.roles import RESEARCHERS
from tests import factories
from tests.admin.pages import client_of, open_form, save

THREADS = 20


def test_of_twenty_saves_at_once_each_is_taken_or_keeps_its_text(own_database):
    claim = factories.make_claim(text="As it was.")
    users = [factories.make_user(RESEARCHERS) for _ in range(THREADS)]
    clients = [client_of(user) for user in users]
    opened = open_form(clients[0], claim)
    start = Barrier(THREADS)

    def send(number: int) -> tuple[int, bool]:
        try:
            start.wait()
            text = f"Words of colleague {number}."
            response = save(clients[number], claim, opened, text=text)
            return response.status_code, text.encode() in response.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(send, range(THREADS)))

    fresh = Claim.objects.get(pk=claim.pk)
    taken = [status for status, _kept in outcomes if status == 302]
    refused = [kept for status, kept in outcomes if status == 409]
    assert len(taken) == fresh.version - claim.version == 1
    assert len(refused) == THREADS - 1
    assert all(refused)
    edits = Event.objects.of("claim", claim.public_id).filter(verb="edited")
    assert edits.count() == len(taken)
    assert verify_chain()[1] is None


def test_citations_of_one_claim_saved_at_once_all_count(own_database):
    claim = factories.make_claim()
    citations = [factories.make_citation(claim) for _ in range(8)]
    client = client_of(factories.make_user(RESEARCHERS))
    forms = [open_form(client, citation) for citation in citations]
    start = Barrier(len(citations))

    def send(number: int) -> int:
        try:
            start.wait()
            citation, form = citations[number], forms[number]
            return save(client, citation, form, quotation="Changed.").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(citations)) as pool:
        outcomes = list(pool.map(send, range(len(citations))))

    assert outcomes == [302] * len(citations)
    fresh = Claim.objects.get(pk=claim.pk)
    assert fresh.version - claim.version == len(citations)
