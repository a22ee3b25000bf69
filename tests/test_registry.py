"""The registry: what is refused and how it is said; what the shipped files hold."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from kzdash.errors import RegistryError
from kzdash.registry import Actor, Registry

ACTOR = '[[actor]]\nid = "sela"\nkind = "state"\nname = "Sela"\n'
OFFICE = '[[office]]\nid = "chief"\ntitles = ["chief"]\nof = "sela"\nholders = [{}]\n'
CODEBOOK_ACTORS = """
tokayev nazarbayev nazarbayev_family masimov mamin sagimbayev smailov tleuberdi atamkulov tazhin
kulibayev smadiyarov putin naryshkin pompeo trump ortagus soleimani batyuk pilko knb
security_council_kz state_protection_service_kz akorda kz_government kz_foreign_ministry protesters
kremlin svr state_department white_house taliban csto eaeu nato eu kazakhstan russia united_states
china uzbekistan ukraine belarus armenia kyrgyzstan afghanistan iran north_korea india taiwan
turkmenistan uyghurs ethnic_kazakhs_xinjiang azattyk rt eurasianet kzexpert
""".split()
CODEBOOK_FRAMES = """
great_power_rivalry elite_power_struggle sovereignty security rights_democracy economy_resources
diplomacy information_control leadership_image
""".split()


def write(folder: Path, **files: str) -> Path:
    for name in ("outlets", "actors", "offices", "frames"):
        (folder / f"{name}.toml").write_text(files.get(name, ""), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return Registry.load()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param({"actors": "actor ="}, ["actors.toml", "not valid TOML"], id="not TOML"),
        pytest.param(
            {"actors": '[[actors]]\nid = "sela"'},
            ["actors.toml", "unknown table 'actors'", "[[actor]]"],
            id="wrong table",
        ),
        pytest.param(
            {"outlets": '[outlet]\nid = "bugle"'},
            ["outlets.toml", "not a list of tables"],
            id="one table for a list",
        ),
        pytest.param(
            {"actors": ACTOR + 'colour = "red"'},
            ["actor 1 ('sela'): unknown field 'colour', expected one of id, kind,"],
            id="unknown field",
        ),
        pytest.param(
            {"actors": ACTOR.replace('"sela"', '"Sela State"')},
            ["actor 1", "'id' is 'Sela State'"],
            id="bad id",
        ),
        pytest.param(
            {"actors": ACTOR.replace('"state"', '"planet"')},
            ["actor 1 ('sela')", "'kind' is 'planet'"],
            id="unknown kind",
        ),
        pytest.param(
            {"actors": ACTOR.replace('name = "Sela"', 'name = " "')},
            ["actor 1 ('sela')", "'name'"],
            id="empty name",
        ),
        pytest.param(
            {"actors": ACTOR + f'short = "{"Sela" * 7}"'},
            ["actor 1 ('sela')", "'short'"],
            id="long short form",
        ),
        pytest.param(
            {"actors": f'{ACTOR}short = "S"\n{ACTOR.replace("sela", "solo")}short = "S"'},
            ["actor 'solo'", "'short' is 'S', as of 'sela'"],
            id="short form given twice",
        ),
        pytest.param(
            {"actors": ACTOR.replace('name = "Sela"', "")},
            ["actor 1 ('sela'): 'name' is missing, expected every required field. Add it."],
            id="no name",
        ),
        pytest.param({"actors": ACTOR * 2}, ["actor 2", "second entry"], id="id given twice"),
        pytest.param(
            {"actors": ACTOR + 'country = "narnia"'},
            ["actor 'sela'", "'narnia' is not an actor"],
            id="unknown country",
        ),
        pytest.param(
            {"actors": ACTOR, "offices": OFFICE.format('{ actor = "nobody", start = 2001-01-01 }')},
            ["office 'chief'", "'nobody' is not an actor"],
            id="unknown holder",
        ),
        pytest.param(
            {
                "actors": ACTOR,
                "offices": OFFICE.format(
                    '{ actor = "sela", start = 2001-01-01, end = 1999-01-01 }'
                ),
            },
            ["office 'chief'", "ends before it starts"],
            id="ends before it starts",
        ),
        pytest.param(
            {"actors": ACTOR, "offices": OFFICE.format("")},
            ["office 1 ('chief')", "'holders'"],
            id="office without holders",
        ),
        pytest.param(
            {
                "frames": '[[frame]]\nid = "sport"\nname = "Sport"\ndescription = "Games."\n'
                'cues = [{ text = "goal", weight = -1 }]'
            },
            ["frame 1 ('sport')", "cues.0.weight"],
            id="negative weight",
        ),
    ],
)
def test_load_refuses_and_names_the_place(
    tmp_path: Path, files: dict[str, str], message: list[str]
):
    with pytest.raises(RegistryError) as error:
        Registry.load(write(tmp_path, **files))
    assert all(part in str(error.value) for part in message), str(error.value)


def test_load_names_a_missing_file(tmp_path: Path):
    write(tmp_path)
    (tmp_path / "frames.toml").unlink()
    with pytest.raises(RegistryError, match=r"frames\.toml: no such file"):
        Registry.load(tmp_path)


def test_load_names_a_file_that_cannot_be_read(tmp_path: Path):
    write(tmp_path)
    (tmp_path / "frames.toml").unlink()
    (tmp_path / "frames.toml").mkdir()
    with pytest.raises(RegistryError, match=r"frames\.toml: cannot be read"):
        Registry.load(tmp_path)


def test_digest_changes_with_any_file(tmp_path: Path):
    before = Registry.load(write(tmp_path)).digest
    assert Registry.load(write(tmp_path, actors=ACTOR)).digest != before


def test_an_actor_goes_by_its_short_form_or_by_a_family_name_of_its_own(tmp_path: Path):
    people = "".join(
        f'[[actor]]\nid = "{n}"\nkind = "person"\nname = "{n} {f}"\nfamily = ["{f}"]\n'
        for n, f in (("ada", "Orel"), ("bo", "Sable"), ("cy", "Sable"))
    )
    loaded = Registry.load(write(tmp_path, actors=ACTOR + 'short = "S"\n' + people))
    assert loaded.short_names == {"sela": "S", "ada": "Orel"}


def test_shipped_bodies_with_long_names_have_short_forms_that_name_them(shipped: Registry):
    for actor_id in ("csto", "eaeu", "osce", "knb"):
        actor = shipped.actors[actor_id]
        assert len(actor.short or actor.name) < 20
        assert actor.short in actor.aliases


@pytest.mark.parametrize("actor", CODEBOOK_ACTORS)
def test_shipped_registry_knows_every_codebook_actor(shipped: Registry, actor: str):
    assert actor in shipped.actors


def test_shipped_registry_knows_the_region(shipped: Registry):
    assert len(shipped.actors) >= 70
    assert list(shipped.outlets) == ["rt", "eurasianet", "atlantico", "kz-expert"]
    assert list(shipped.frames) == CODEBOOK_FRAMES


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("russia today", "rt"), ("atlantico quotidiano", "atlantico"), ("kzexpert", "kz-expert")],
)
def test_outlet_names_hold_aliases(shipped: Registry, name: str, outlet: str):
    assert shipped.outlet_names[name] == outlet


def test_every_outlet_names_its_source(shipped: Registry):
    assert all(outlet.source for outlet in shipped.outlets.values())


def names(actor: Actor) -> set[str]:
    full = {f"{given} {family}" for given in actor.given for family in actor.family}
    return {
        name.casefold()
        for name in {actor.name, *actor.aliases, *actor.metonyms, *actor.titles, *full}
    }


def test_no_name_belongs_to_two_actors(shipped: Registry):
    owners = defaultdict(list)
    for actor in shipped.actors.values():
        for name in names(actor):
            owners[name].append(actor.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_persons_have_a_family_name_and_a_gender(shipped: Registry):
    persons = [a for a in shipped.actors.values() if a.kind == "person"]
    assert [a.id for a in persons if not a.family or not a.gender] == []


def test_states_have_an_adjective_and_a_seat(shipped: Registry):
    states = [a for a in shipped.actors.values() if a.kind == "state"]
    assert [a.id for a in states if not a.adjectives or not a.metonyms] == []


@pytest.mark.parametrize(
    ("office", "day", "holder"),
    [
        ("president_kz", date(2019, 3, 19), "nazarbayev"),
        ("president_kz", date(2019, 3, 20), "tokayev"),
        ("prime_minister_kz", date(2008, 6, 1), "masimov"),
        ("prime_minister_kz", date(2013, 6, 1), "akhmetov_serik"),
        ("prime_minister_kz", date(2015, 6, 1), "masimov"),
        ("prime_minister_kz", date(2019, 4, 26), "mamin"),
        ("prime_minister_kz", date(2022, 1, 5), "smailov"),
        ("foreign_minister_kz", date(2019, 4, 26), "atamkulov"),
        ("foreign_minister_kz", date(2020, 1, 4), "tleuberdi"),
        ("knb_chair", date(2022, 1, 4), "masimov"),
        ("knb_chair", date(2022, 1, 5), "sagimbayev"),
        ("security_council_chair_kz", date(2022, 1, 4), "nazarbayev"),
        ("security_council_chair_kz", date(2022, 1, 5), "tokayev"),
        ("state_secretary_kz", date(2019, 4, 26), "tazhin"),
        ("president_ru", date(2010, 1, 1), "medvedev"),
        ("president_ru", date(2022, 2, 10), "putin"),
        ("secretary_of_state_us", date(2020, 1, 4), "pompeo"),
        ("secretary_of_state_us", date(2018, 4, 10), None),
        ("president_us", date(2021, 1, 20), "biden"),
        ("president_us", date(2025, 1, 20), "trump"),
        ("foreign_minister_cn", date(2023, 3, 1), "qin_gang"),
        ("svr_head", date(2022, 2, 10), "naryshkin"),
    ],
)
def test_office_resolves_by_date(shipped: Registry, office: str, day: date, holder: str | None):
    assert shipped.offices[office].holder(day) == holder


def test_tenures_are_in_order_and_do_not_overlap(shipped: Registry):
    for office in shipped.offices.values():
        for before, after in zip(office.holders, office.holders[1:], strict=False):
            assert before.end is not None
            assert before.end <= after.start, (office.id, after.actor)


def test_every_office_names_its_source(shipped: Registry):
    assert [office.id for office in shipped.offices.values() if not office.source] == []


def test_unknown_ids_are_their_own_names(shipped: Registry):
    assert shipped.actor_name("no_such") == "no_such"
    assert shipped.actor_name("knb") == "National Security Committee"
    assert shipped.outlet_name("no_such") == "no_such"


def test_outlets_that_are_not_known_have_the_names_they_are_given(shipped: Registry):
    named = shipped.naming({"steppe-herald": "Steppe Herald", "rt": "Another"})
    assert named.outlet_name("steppe-herald") == "Steppe Herald"
    assert named.outlet_name("rt") == shipped.outlet_name("rt")
    assert shipped.outlet_name("steppe-herald") == "steppe-herald"
