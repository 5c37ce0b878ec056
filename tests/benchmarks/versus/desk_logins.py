"""Gives the desk of DATABASE_URL somebody who can log in, and claims where it has none.

python -m tests.benchmarks.versus.desk_logins
"""

import django

EDITOR, PASSWORD = "emil", "a-password-for-measuring"
CLAIMS = 40


def main() -> None:
    django.setup()
    from django.contrib.auth.models import Group, User

    from claims.models import Claim
    from claims.workflow.roles import EDITORS
    from tests.factories import make_article, make_citation, make_claim

    editor, _made = User.objects.get_or_create(username=EDITOR)
    editor.is_staff = editor.is_active = True
    editor.set_password(PASSWORD)
    editor.save()
    editor.groups.set([Group.objects.get(name=EDITORS)])
    if Claim.objects.exists():
        return
    article = make_article()
    for _number in range(CLAIMS):
        claim = make_claim(article)
        for _citation in range(20):
            make_citation(claim)


if __name__ == "__main__":
    main()
