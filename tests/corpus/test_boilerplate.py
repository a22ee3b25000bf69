"""Boilerplate: what goes, and what only looks like it and stays."""

import pytest

from kzdash.corpus.boilerplate import strip

TITLE = "Rail line opens"
ONE = "The first train left the new station at dawn, and a band played on the platform."
TWO = "Nobody was late, said the driver, who has worked on the line for thirty years."
THREE = "More trains are to follow in the spring, if the bridge is finished by then."


def kept(*paragraphs: str, author: str | None = None, known: tuple[str, ...] = ()) -> list[str]:
    return strip(paragraphs, TITLE, author, known).paragraphs


def test_title_line_is_taken_out_with_the_masthead_above_it() -> None:
    body = strip(["Dala Herald", "News from the plain", "RAIL LINE OPENS", ONE, TWO], TITLE)
    assert (body.title, body.paragraphs) == ("RAIL LINE OPENS", [ONE, TWO])


def test_title_over_two_lines_and_again_is_taken_out() -> None:
    assert kept("Rail line", "opens", "Rail line opens", ONE) == [ONE]


def test_sentences_above_the_title_stay() -> None:
    assert kept(ONE, TITLE, TWO) == [ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "9 May, 2023 08:15", "9 May, 2023 08:15Get short URL", "Published: March 6, 2022",
        "Updated on 2022-03-06 at 14:05 GMT", "Get short URL", "Share on Facebook", "Print",
        "Tweet", "Share this article", "Advertisement", "[Ad]", "Story continues below",
        "Read more: Bridge to be finished by May", "READ NEXT", "Related articles", "See also:",
        "FILE PHOTO: A station at night. © Dala Pictures / A. Someone",
        "A train at the station, 4 May 2023. © Dala Pictures", "Photo: A. Someone / Dala Pictures",
        "A train at the station (Photo: A. Someone)", "Image credit: A. Someone",
        "Photo: Drivers wave from the first train of the year (A. Someone)",
        "The post Rail line opens appeared first on Dala Herald .",
        "This is a machine translation from Kazakh of a post published on another page.",
        "This article was automatically translated from Kazakh.",
        "Sign up for Dala Herald's free weekly newsletter.",
        "Subscribe to our Telegram channel for daily updates.",
        "Sign up for our newsletter. Support Dala Herald: Help keep us going.",
        "Follow us on Twitter and Facebook", "Support Dala Herald: Help keep us free.",
        "© 2023 Dala Herald. All rights reserved.", "All rights reserved.",
        "The views expressed in this article are those of the author and do not reflect ours.",
        "This website uses cookies to make your visit better.", "Loading...",
        "You may also be interested in: A bridge over the Syr", "You might also like:",
        "Cover photo: The station at night, May 2023 (Dala Commons)", "Cover image: A train",
        "The station at night, in May. Photograph: Dala & Sons", "Photograph: A. Someone",
        "Additional reporting by Aru Someone and Oren Other in Taraz.",
        "Reporting by Aru Someone; Editing by Oren Other", "(Additional reporting by A. Someone)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 3])
def test_line_is_dropped(line: str, at: int) -> None:
    paragraphs = [ONE, TWO, THREE]
    paragraphs.insert(at, line)
    assert kept(*paragraphs) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Support for the railway: the minister promised money for three years.",
        "Sign up now, the company told its drivers, or look for other work.",
        "Photographs of the station were shown in the town hall for a week.",
        "Print runs of the local paper doubled on the day of the opening.",
        "May 9, 2022, was the day on which the first rail was laid.",
        "He read more books that winter than in all the years before.",
        "The views expressed at the meeting were many, and few agreed.",
        "Comments from the public were heard for two hours.",
        "Copyright law kept the song off the radio.",
        "By the evening all trains were full.",
        "Akmaral Bekova is the driver of the first train, and a journalist asked her why.",
        "Photo: Drivers wave from the first train as it leaves the hall of the station.",
        "You may also be interested in the bridge, which is to be finished by May.",
        "She showed me a picture: A train in the snow",
        "Photograph: it lay in a drawer for years",
        "Reporting by the local paper has shown that the bridge is not finished.",
        "Additional reporting by Aru Someone was stopped, and nobody said why.",
        "Askar Mukhtarov",
        "Advertisements covered the walls of the station.",
    ],
)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_paragraph_that_looks_alike_stays(paragraph: str, at: int) -> None:
    paragraphs = [ONE, TWO, THREE]
    paragraphs.insert(at, paragraph)
    assert paragraph in kept(*paragraphs, "Akmaral Bekova laughed.")


@pytest.mark.parametrize(
    "tail",
    [
        ["Leave a comment", "Your e-mail will not be published."],
        ["1 comment", "Required fields are marked with *"],
        ["0 comments", "Add comment"],
        ["No comments:", "Post a Comment"],
        ["2 Comments", "Reader One", "I do not think so.", "Reader Two", "But I do."],
        ["Leave a Reply", "Your email address will not be published."],
    ],
)
def test_comments_end_the_article(tail: list[str]) -> None:
    assert kept(ONE, TWO, THREE, *tail) == [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("line", "author"),
    [("By Asem Bekova", None), ("Asem Bekova", "Asem Bekova"), ("By Asem Bekova", "Asem Bekova")],
)
def test_byline_is_dropped_at_the_start(line: str, author: str | None) -> None:
    assert kept(line, ONE, TWO, author=author) == [ONE, TWO]


@pytest.mark.parametrize(
    ("bio", "author"),
    [
        ("Asem Bekova is a journalist based in the north and author of a book on trains.", None),
        ("Asem Bekova writes on railways.", "Asem Bekova"),
        ("Dr. Asem Bekova is a senior research fellow at the Railway Institute.", None),
    ],
)
def test_biography_is_dropped_at_the_end(bio: str, author: str | None) -> None:
    assert kept(ONE, TWO, THREE, bio, author=author) == [ONE, TWO, THREE]


def test_lines_of_the_outlet_are_dropped() -> None:
    known = ("Dala Herald, from the plain",)
    assert kept(ONE, "Dala Herald – from the plain!", known=known) == [ONE]


def test_tweet_stays_without_its_links() -> None:
    tweet = "The line is open. #rail https://t.co/aB3dE pic.twitter.com/Xyz12"
    author = "— Asem Bekova (@asem) May 4, 2023"
    assert kept(ONE, tweet, author) == [ONE, "The line is open. #rail", author]


@pytest.mark.usefixtures("soon")
def test_strip_is_linear_in_many_short_paragraphs() -> None:
    assert len(kept(*["A word."] * 100_000)) == 100_000


@pytest.mark.parametrize(
    "junk",
    [
        "Photo: " + "x" * 780,
        "By " + "Xx " * 250,
        "© " + "a/" * 390,
        "Support " + "a" * 780,
        "The post " + "appeared " * 80,
        "Asem Bekova is " + "a " * 380,
        "1 Jan" + " " * 700 + "x",
    ],
)
@pytest.mark.usefixtures("soon")
def test_hostile_paragraphs_end_soon(junk: str) -> None:
    assert len(kept(*[junk] * 500, ONE)) >= 1
