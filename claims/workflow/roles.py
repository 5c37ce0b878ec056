"""The four groups of the desk and the permissions each is given."""

RESEARCHERS = "Researchers"
EDITORS = "Editors"
OBSERVERS = "Observers"
DESK_MANAGERS = "Desk managers"

#: What the desk works on, by model name. Nothing of it is ever deleted there.
DESK_MODELS = (
    "affiliation",
    "anchoring",
    "appearance",
    "article",
    "assessment",
    "attributionlink",
    "background",
    "capture",
    "citation",
    "claim",
    "claimimport",
    "claimpair",
    "contribution",
    "document",
    "evidencesearch",
    "import",
    "inquiry",
    "newinformation",
    "note",
    "passage",
    "quotecheck",
    "source",
    "storedcopy",
    "suggestion",
    "topic",
)
#: Rows of drafts that an editor of the claim may take out again (see admin).
REMOVABLE_MODELS = (
    "affiliation",
    "appearance",
    "attributionlink",
    "background",
    "citation",
    "contribution",
    "evidencesearch",
    "inquiry",
)
REFERENCE_MODELS = ("methodology", "verificationstatus", "event", "release")

_EDITOR_MOVES = (
    "return_assessment",
    "sign_assessment",
    "publish_assessment",
    "withdraw_assessment",
    "release_article",
    "clear_article",
    "hold_back_claim",
    "recheck_claim",
    "retract_claim",
    "take_down_claim",
    "release_source",
    "release_document",
    "seal_storedcopy",
)
_RESEARCHER_MOVES = ("submit_assessment", "discard_assessment", "discard_claim")


def _codenames(verbs: tuple[str, ...], models: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{verb}_{model}" for verb in verbs for model in models)


_LOOK = _codenames(("view",), DESK_MODELS + REFERENCE_MODELS)
_WORK = (
    _LOOK
    | _codenames(("add", "change"), DESK_MODELS)
    | _codenames(("delete",), REMOVABLE_MODELS)
)

#: What readers report holds names and mail addresses: not for everybody who may look.
_READ_REQUESTS = _codenames(("view",), ("correctionrequest",))
_SETTLE_REQUESTS = _codenames(("view", "change"), ("correctionrequest",))

#: Codenames in the app ``claims`` for each group.
PERMISSIONS: dict[str, frozenset[str]] = {
    OBSERVERS: _LOOK,
    RESEARCHERS: _WORK | frozenset(_RESEARCHER_MOVES) | _READ_REQUESTS,
    EDITORS: _WORK | frozenset(_RESEARCHER_MOVES + _EDITOR_MOVES) | _SETTLE_REQUESTS,
    DESK_MANAGERS: _LOOK
    | _codenames(("add", "change"), ("methodology", "verificationstatus", "topic")),
}
#: Codenames in the app ``auth``: accounts are the desk manager's business.
ACCOUNT_PERMISSIONS: dict[str, frozenset[str]] = {
    DESK_MANAGERS: frozenset({"add_user", "change_user", "view_user", "view_group"}),
}
