"""HTML pages: the article, what the page declares, and what must not get in."""

import json

import pytest
from samples import BODY, Take

from kzdash.corpus import Limits

META = (
    '<meta property="og:title" content="Rail line opens">'
    '<meta property="og:site_name" content="Dala Herald">'
    '<meta name="date" content="2023-05-04">'
)
PARAGRAPHS = f"<p>{BODY}</p><p>The second paragraph tells of the long winter before it.</p>"


def page(head: str = META, body: str = PARAGRAPHS) -> str:
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def text_of(taken) -> str:
    assert taken.reasons == []
    return taken.articles[0].text


def test_page_gives_text_and_facts(take_file: Take) -> None:
    [article] = take_file("a.html", page()).articles
    assert (article.outlet_id, article.title, article.published, article.language) == (
        "dala",
        "Rail line opens",
        "2023-05-04",
        "en",
    )
    assert article.text.split("\n\n")[1] == BODY


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            META.replace("og:title", "twitter:title").replace('name="date"', 'name="dc.date"'),
            id="other names",
        ),
        pytest.param(
            '<script type="application/ld+json">'
            + json.dumps({"@graph": [{
                "@type": "NewsArticle", "headline": "Rail line opens",
                "datePublished": "2023-05-04T08:00:00+06:00", "author": [{"name": "Asem B."}],
                "publisher": {"name": "Dala Herald"},
            }]}) + "</script>", id="schema.org",
        ),
        pytest.param(
            "<title>Rail line opens</title><meta name=publisher content='Dala Herald'>"
            "<meta itemprop=datePublished content='2023-05-04'>", id="plain title",
        ),
        pytest.param(
            "<script type='application/ld+json'>{broken [[[</script>" + META, id="broken JSON",
        ),
    ],
)  # fmt: skip
def test_page_facts_come_from_what_it_declares(take_file: Take, head: str) -> None:
    [article] = take_file("a.html", page(head)).articles
    assert (article.outlet_id, article.title, article.published) == (
        "dala",
        "Rail line opens",
        "2023-05-04",
    )


def test_page_of_a_registered_host_belongs_to_its_outlet(take_file: Take) -> None:
    head = META + '<link rel="canonical" href="https://steppepost.kz/en/rail">'
    [article] = take_file("a.html", page(head)).articles
    assert (article.outlet_id, article.url) == ("steppe-post", "https://steppepost.kz/en/rail")


def test_page_that_looks_alike_does_not(take_file: Take) -> None:
    head = META + '<link rel="canonical" href="https://notsteppepost.kz/en/rail">'
    assert take_file("a.html", page(head)).articles[0].outlet_id == "dala"


def test_page_without_date_is_undated(take_file: Take) -> None:
    head = META.replace("2023-05-04", "2023-02-31")
    [article] = take_file("a.html", page(head)).articles
    assert article.published is None
    assert any("undated: '2023-02-31'" in note for note in article.notes)


def test_title_loses_the_site_where_a_heading_says_so(take_file: Take) -> None:
    head = META.replace("Rail line opens", "Rail line opens | Dala Herald")
    text = text_of(take_file("a.html", page(head, f"<h1>Rail line opens</h1>{PARAGRAPHS}")))
    assert text.startswith(f"Rail line opens\n\n{BODY}")


@pytest.mark.parametrize(
    "trap",
    [
        pytest.param("<script>alert('Spurious')</script>", id="script"),
        pytest.param("<style>.Spurious {}</style>", id="style"),
        pytest.param("<!-- Spurious -->", id="comment"),
        pytest.param("<template><p>Spurious words stand here.</p></template>", id="template"),
        pytest.param("<noscript><p>Spurious</p></noscript>", id="noscript"),
        pytest.param("<nav><ul><li><a href=/>Spurious</a></li></ul></nav>", id="navigation"),
        pytest.param("<iframe src='http://127.0.0.1:9/'>Spurious</iframe>", id="frame"),
        pytest.param("<img src='http://127.0.0.1:9/x.png' onerror='Spurious()'>", id="image"),
        pytest.param("<svg><text>Spurious</text></svg>", id="drawing"),
    ],
)
def test_page_keeps_out(take_file: Take, trap: str) -> None:
    assert "Spurious" not in text_of(take_file("a.html", page(body=trap + PARAGRAPHS)))


def test_external_entities_and_references_are_not_followed(take_file: Take) -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(
        META + '<link rel=stylesheet href="http://127.0.0.1:9/"><base href="http://127.0.0.1:9/">',
        f"<p>&x; {BODY}</p>",
    )
    assert "root:" not in text_of(take_file("a.html", text))


@pytest.mark.parametrize("depth", [50, 240, 260, 1_000, 30_000])
@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote"])
def test_deep_nesting_loses_no_text(take_file: Take, tag: str, depth: int) -> None:
    deep = f"<{tag}>" * depth + "<p>In the depth lies a sentence.</p>" + f"</{tag}>" * depth
    body = f"<p>{BODY}</p>{deep}<p>After it comes more.</p>"
    text = text_of(take_file("a.html", page(body=body)))
    assert "In the depth lies a sentence." in text
    assert "After it comes more." in text


def test_unclosed_deep_nesting_loses_no_text(take_file: Take) -> None:
    deep = "".join(f"<div>Level {n} says this. " for n in range(2_000))
    text = text_of(take_file("a.html", page(body=deep + "<p>After it comes more.</p>")))
    assert [n for n in range(2_000) if f"Level {n} says this." not in text] == []
    assert "After it comes more." in text


def test_entities_are_resolved_once(take_file: Take) -> None:
    ties = "<p>Ties &amp; talks &#8212; caf&eacute; &lt;b&gt; &quot;so&quot;.</p>"
    text = text_of(take_file("a.html", page(body=ties + PARAGRAPHS)))
    assert 'Ties & talks — café <b> "so".' in text


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "cp1251"),
        ("windows-1251", "utf-8"),
        ("windows-1251", "cp1251"),
        ("iso-8859-1", "cp1252"),
        ("utf-16", "utf-8"),
    ],
)
def test_lying_charset(take_file: Take, declared: str, encoding: str) -> None:
    word = "Прибытие поезда" if encoding != "cp1252" else "Café “Zürich”"
    body = f"<p>{BODY}</p><p>The film {word} was shown to the guests in the evening.</p>"
    content = page(f"<meta charset={declared}>{META}", body).encode(encoding)
    assert word in text_of(take_file("a.html", content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(page(body=""), "no article text", id="no body"),
        pytest.param(page(body="<script>a = 'words';</script>"), "no article", id="script only"),
        pytest.param("<html></html>", "no article text", id="no content"),
        pytest.param("<<<<>>>>", "", id="no HTML"),
        pytest.param(page(META.replace("og:site_name", "x")), "'outlet' is", id="no outlet"),
        pytest.param(page(META.replace("og:title", "x")), "'title' is missing", id="no title"),
    ],
)
def test_page_without_article_is_refused(take_file: Take, content: str, reason: str) -> None:
    taken = take_file("a.html", content)
    assert taken.articles == []
    assert reason in taken.reasons[0]


def test_markup_in_the_title_is_text(take_file: Take) -> None:
    title = "&lt;img src=x onerror=a()&gt;Rail &lt;b&gt;line&lt;/b&gt;"
    head = META.replace("Rail line opens", title)
    assert take_file("a.html", page(head)).articles[0].title == "Rail line"


@pytest.mark.parametrize(
    "junk",
    ["<a " * 100_000, "<!--" * 100_000, "<script>" * 100_000, "&" * 300_000, "<p>" * 100_000,
     "</div>" * 100_000, "<table><tr><td>" * 30_000, '<a href="' * 50_000],
    ids=["tags", "comments", "scripts", "ampersands", "paragraphs", "ends", "tables", "quotes"],
)  # fmt: skip
@pytest.mark.usefixtures("soon")
def test_broken_page_ends_soon(take_file: Take, junk: str) -> None:
    taken = take_file("a.html", page(body=PARAGRAPHS + junk))
    assert len(taken.articles) + len(taken.rejections) == 1


def test_page_beyond_the_limit_is_refused(take_file: Take) -> None:
    assert "more than 100 bytes" in take_file("a.html", page(), limits=Limits(page=100)).reasons[0]


def test_boilerplate_of_a_page_is_dropped(take_file: Take) -> None:
    body = PARAGRAPHS + "<p>Sign up for our weekly newsletter.</p><p>Photo: A. Someone</p>"
    text = text_of(take_file("a.html", page(body=body)))
    assert "newsletter" not in text
    assert "Someone" not in text
