"""What error pages, locked doors and parked domains call themselves, in many languages.

The words come from what servers, publishing systems and registrars put there by
default; each stands in a test.
"""

import re

#: Of a title only: in a text they may be what the page is about.
_ERROR_PHRASES = (
    # English
    *("page not found", "page cannot be found", "page can't be found"),
    *("page could not be found", "page couldn't be found", "page was not found"),
    *("page doesn't exist", "page does not exist", "page no longer exists"),
    *("page is no longer available", "page isn't available", "page not available"),
    *("page unavailable", "page has been removed", "page is missing"),
    *("content not found", "content no longer available", "article not found"),
    *("article no longer available", "story not found", "document not found"),
    *("file not found", "nothing found here", "object not found"),
    # German, Dutch
    *("seite nicht gefunden", "seite wurde nicht gefunden", "seite existiert nicht"),
    *("seite konnte nicht gefunden werden", "seite nicht verfügbar"),
    *("inhalt nicht gefunden", "artikel nicht gefunden", "pagina niet gevonden"),
    # French
    *("page introuvable", "page non trouvée", "page n'existe pas"),
    *("page n'a pas été trouvée", "page est introuvable", "article introuvable"),
    # Spanish, Portuguese, Italian
    *("página no encontrada", "página no existe", "no se encontró la página"),
    *("no se ha encontrado la página", "contenido no encontrado"),
    *("página não encontrada", "página não existe", "pagina non trovata"),
    # Arabic, Persian
    *("الصفحة غير موجودة", "الصفحة غير متوفرة", "لم يتم العثور على الصفحة"),
    *("الصفحة المطلوبة غير موجودة", "صفحه پیدا نشد", "صفحه یافت نشد"),
    # Russian, Ukrainian, Polish
    *("страница не найдена", "страница не существует", "страницы не существует"),
    *("сторінку не знайдено", "strona nie została znaleziona"),
    *("nie znaleziono strony", "strona nie istnieje"),
    # Chinese, Japanese, Korean
    *(
        "页面不存在",
        "找不到页面",
        "页面未找到",
        "網頁不存在",
        "找不到網頁",
        "頁面不存在",
    ),
    *("ページが見つかりません", "ページは見つかりませんでした"),
    *("페이지를 찾을 수 없습니다",),
    # Turkish
    *("sayfa bulunamadı", "aradığınız sayfa bulunamadı"),
)
_ERROR = r"(?:http\s+)?(?:error|fehler|erreur|erro|errore|ошибка|помилка|błąd|خطأ|خطای|错误|錯誤|hata|エラー)"
_ERROR_NUMBER = re.compile(
    rf"^{_ERROR}?\s*:?\s*(?:404|410)\s*(?:$|[-–—|:.!,(])"
    rf"|{_ERROR}\s*:?\s*(?:404|410)\b|\b(?:404|410)\s+(?:error|not found|gone)\b"
    r"|[-–—|:]\s*404$|^(?:not found|gone)\s*(?:$|[-–—|:.!])"
)
#: Longer titles are headlines.
_TITLE_CHARACTERS = 120

#: What firewalls send in place of a page. All small letters.
_CHALLENGES = (
    *("just a moment...", "attention required! | cloudflare", "cf-challenge"),
    *("cf_chl_opt", "/cdn-cgi/challenge-platform/", "checking your browser before"),
    *("verify you are human", "verifying you are human", "are you a robot?"),
    *("please enable js and disable any ad blocker", "captcha-delivery.com"),
    *("px-captcha", "_incapsula_resource", "request unsuccessful. incapsula"),
    *("ddos-guard", "g-recaptcha-response", "hcaptcha.com/captcha"),
    *("pardon our interruption", "unusual traffic from your computer"),
)
#: Above so many characters a page is no challenge, whatever script it carries.
CHALLENGE_CHARACTERS = 1500

#: What registrars and dealers put on a domain nobody uses. All small letters.
_PARKED = (
    *("this domain is for sale", "domain is for sale", "buy this domain"),
    *("this domain may be for sale", "domain has expired", "domain name has expired"),
    *("this domain is parked", "domain parking", "parked free, courtesy of"),
    *("sedoparking.com", "parkingcrew.net", "bodis.com", "afternic.com/forsale"),
    *("hugedomains.com", "dan.com/buy-domain", "parked-content.godaddy.com"),
    *("diese domain steht zum verkauf", "diese domain kaufen"),
    *("ce domaine est à vendre", "ce nom de domaine est à vendre"),
    *("este dominio está en venta", "dominio en venta", "домен продается"),
    *("домен продаётся", "此域名出售", "域名出售", "该域名已过期", "هذا النطاق للبيع"),
)
#: Above so many characters a page writes about domains, and is none that is parked.
PARKED_CHARACTERS = 3000

_TITLE = re.compile(r"<title\b[^>]{0,200}>([^<]{0,300})", re.I)


def error_in(title: str) -> bool:
    """Say whether a title or headline is that of an error page."""
    words = " ".join(title.casefold().replace("’", "'").split())
    if not words or len(words) > _TITLE_CHARACTERS:
        return False
    return any(phrase in words for phrase in _ERROR_PHRASES) or bool(
        _ERROR_NUMBER.search(words)
    )


def title_in(head: str) -> str:
    """Return the title element in the beginning of a page, or ""."""
    match = _TITLE.search(head)
    return " ".join(match[1].split()) if match else ""


def challenge_in(head: str) -> str:
    """Return what shows that a firewall sent this in place of a page, or ""."""
    return _first(_CHALLENGES, head)


def parking_in(head: str) -> str:
    """Return what shows that nobody uses this domain, or ""."""
    return _first(_PARKED, head)


def _first(markers: tuple[str, ...], head: str) -> str:
    small = head.casefold()
    return next((marker for marker in markers if marker in small), "")
