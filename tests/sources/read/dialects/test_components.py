"""MDX between paragraphs."""

from __future__ import annotations

import pytest

from narrate.sources.read.markdown import article_from_markdown


def read(text: str) -> str:
    """The words of all blocks."""
    return "|".join(block.text for block in article_from_markdown(text).blocks)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("import A from './a'\nimport B, { c } from \"b\";\n\nx", "x"),
        ("import {\n  A,\n  B,\n} from './a';\n\nx", "x"),
        ("import './a.css'\n\nx", "x"),
        ("export const meta = {\n  a: 'b',\n\n  c: [1],\n}\n\nx", "x"),
        ("export default function L({ a }) {\n\n  return <p>{a}</p>\n}\n\nx", "x"),
        ("export { a } from './b'\n\nx", "x"),
        ("export const a = {\n\nx", "x"),
        ("import tax from China is high.\n\nexport is low.", "import tax from China is high.|export is low."),
        ("They say:\n\nimport goods from 'China'.", "They say:|import goods from 'China'."),
        ("```js\nimport a from 'b'\n```\n\nA {b}.", "import a from 'b'|A {b}."),
    ],
)
def test_imports_and_exports(written: str, words: str) -> None:
    """They go to the end of their braces; a sentence about trade stays."""
    assert read(written) == words


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('<Callout type="info">\n\nWords.\n\n</Callout>\n\nx', "Words.|x"),
        ('<Callout\n  title="Heads up"\n  on={() => a > b}\n>\n  Words\n  go on.\n</Callout>', "Heads up|Words go on."),
        ('<Tabs>\n  <Tab label="One">Words.</Tab>\n    <Tab>\n    More.\n  </Tab>\n</Tabs>', "One|Words.|More."),
        ("<Chart data={[1, {a: 2}]} />\n\nx", "x"),
        ('<Figure src={a} caption="The boat" />', "The boat"),
        ("<>\nWords.\n</>", "Words."),
        ("<Note>A\nsentence *goes* on.</Note>\n\nx", "A sentence goes on.|x"),
        ("{a.map(b => (\n  <li>{b}</li>\n))}\n\nx", "x"),
        ("<DIV>Words</DIV>\n\n<P>x", "Words|x"),
        ("<Details>\n<summary>More</summary>\n\n- a\n\n</Details>", "More|a"),
    ],
)
def test_components(written: str, words: str) -> None:
    """Tags go with their props, but for titles and captions; what they hold is Markdown, however it is indented."""
    assert read(f"import A from './a'\n\n{written}") == words


def test_components_are_on_record() -> None:
    """Their props may hold words, so that nothing goes in silence."""
    drops = article_from_markdown('<Quiz ask="What is it?" />\n\nx').drops

    assert [(drop.rule, drop.block.text) for drop in drops] == [("component", '<Quiz ask="What is it?" />')]
