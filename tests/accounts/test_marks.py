"""@handles and #tags in what members write: in every script, and not in addresses, emails or code."""

import time

import pytest

from accounts.marks import folded_tag
from accounts.words import Named, as_html, marks_of, name_in_html

NAMES = {"ines": Named("Ines", "/in/ines/")}


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@ines", ["ines"]),
        ("Thanks @Ines-Moreau, and (@amara).", ["ines-moreau", "amara"]),
        ("“@ines” @ines’s @ines… @ines— @ines\n@lina", ["ines", "lina"]),
        ("你好@ines和@tomasz。", ["ines", "tomasz"]),
        ("＠ines", ["ines"]),
        ("\u202e@ines\u202c", ["ines"]),
        ("@i\u200bnes", ["i"]),
        ("ines@example.org, <ines@example.org> or mailto:ines@example.org", []),
        ("ines.moreau+a@lina", []),
        ("https://social.example/@ines social.example/@ines x=@ines www.example.org/?a=@ines", []),
        ("@ines@social.example @ines.moreau @types/node @ines_ @inesä @@ines @-ines", []),
        ("@ @@ @. @!", []),
        (f"@{'a' * 40} @{'b' * 41}", ["a" * 40]),
    ],
)
def test_a_handle_is_found_where_a_word_begins(text, handles):
    assert list(marks_of(text).handles) == handles


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#rivers and #Rivers", ["rivers", "Rivers"]),
        ("#вода, #水位很高。 #हिन्दी #می‌خواهم #مياه ＃洪水", ["вода", "水位很高", "हिन्दी", "می‌خواهم", "مياه", "洪水"]),
        ("#1st_flood #2026 #12.5 # #_ #__", ["1st_flood"]),
        ("今天#河流", ["河流"]),
        ("#ri\u200bvers", ["ri"]),
        ("a#b C# &#39; https://example.org/#part example.org/#part ##rivers #️⃣ #\u0301", []),
        ("#rivers-and-lakes #rivers's #rivers#lakes", ["rivers"]),
        (f"#{'a' * 50} #{'b' * 51}", ["a" * 50]),
        ("#ﷺﷺﷺ", []),
    ],
)
def test_a_tag_is_letters_of_any_script_digits_and_underscores(text, tags):
    assert list(marks_of(text).tags) == tags


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zürich", "zurich"), ("ŁÓDŹ", "łódź"), ("ＷＡＴＥＲ", "water"), ("ri\u200dvers", "rivers"), ("Вода", "вода")],
)
def test_tags_that_differ_in_case_and_accents_only_are_the_same(one, other):
    assert folded_tag(one) == folded_tag(other) != ""


def test_names_and_tags_become_links_and_everything_else_stays_as_it_was_typed():
    names = NAMES | {"evil": Named("<b>\u202eEvil & Co</b>", "/in/evil/")}
    html = as_html("<@INES> & @evil, @lina #A&B", names=names, tag_url=lambda name: f"/tags/{name}/")
    assert html == (
        '<p>&lt;<a class="mention" href="/in/ines/" dir="auto">Ines</a>&gt; &amp; '
        '<a class="mention" href="/in/evil/" dir="auto">&lt;b&gt;\u202eEvil &amp; Co&lt;/b&gt;</a>, @lina '
        '<a class="tag" href="/tags/A/" dir="auto">#A</a>&amp;B</p>'
    )
    assert as_html("@ines #A") == "<p>@ines #A</p>"


def test_in_html_that_is_made_already_links_code_and_attributes_are_left_alone():
    html = (
        '<h2>For @ines &amp; #rivers</h2><p><a href="/x"><em>@ines</em></a> <code>#x @ines</code> ines@example.org'
        '<img alt="@ines > #x"> &lt;@ines&gt; @lina</p><pre>@ines</pre><p>#y</p>'
    )
    ines = '<a class="mention" href="/in/ines/" dir="auto">Ines</a>'
    assert name_in_html(html, NAMES) == (
        f'<h2>For {ines} &amp; #rivers</h2><p><a href="/x"><em>@ines</em></a> <code>#x @ines</code> ines@example.org'
        f'<img alt="@ines > #x"> &lt;{ines}&gt; @lina</p><pre>@ines</pre><p>#y</p>'
    )


@pytest.mark.parametrize(
    "text",
    ["@" * 3000, "#" * 3000, "@ines" * 600, "@a " * 1000, "".join(f"#t{n} " for n in range(500)), "#a\u200d" * 999],
)
def test_what_is_meant_to_take_long_does_not(text):
    start = time.process_time()
    marks_of(text)
    as_html(text, names=NAMES, tag_url=lambda name: name)
    assert time.process_time() - start < 0.25
