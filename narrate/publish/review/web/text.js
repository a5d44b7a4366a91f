const KINDS = { list_item: "Item", image: "Picture" };
const kindOf = (block) => KINDS[block.kind] || block.kind[0].toUpperCase() + block.kind.slice(1);

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/* Words that some block names as doubtful are doubtful wherever they stand. */
const gatherDoubtful = () => {
  const words = [...new Set(page.blocks.flatMap((block) => block.doubtful))].sort((a, b) => b.length - a.length);
  const before = page.doubtful && page.doubtful.source;
  page.doubtful = words.length
    ? new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}_])`, "gu") : null;
  return (page.doubtful && page.doubtful.source) !== before;
};

/* Python counts letters, JavaScript halves of them: places are told in letters. */
const lettersOf = (text) => Array.from(text);
const halvesTo = (letters) => {
  const places = [0];
  for (const letter of letters) places.push(places[places.length - 1] + letter.length);
  return places;
};

const SAID_BY = new Set(["sounds", "say", "as"]);

const wordsIn = (block, letters) => {
  const marked = block.marks.filter(([kind, start, end]) => SAID_BY.has(kind) && end > start)
    .map(([kind, start, end, value]) => ({ start, end, marked: kind === "as" ? "letter by letter" : value }));
  if (!page.doubtful || block.rows.length) return marked;
  const halves = halvesTo(letters);
  const letterAt = new Map(halves.map((half, letter) => [half, letter]));
  for (const found of block.text.matchAll(page.doubtful)) {
    const start = letterAt.get(found.index);
    const end = letterAt.get(found.index + found[0].length);
    if (!marked.some((one) => one.start < end && start < one.end)) marked.push({ start, end });
  }
  return marked;
};

const durationOf = (ms) => (ms % 1000 ? `${ms} ms` : `${ms / 1000} s`);

const pauseSign = ([, , , value]) => make("span", {
  class: "pause", role: "img", "aria-label": `pause of ${durationOf(Number(value))}`, text: durationOf(Number(value)),
});

/* The author's words: sentences to hear, words to choose for, changes with their rules. */
const writtenOf = (block) => {
  const letters = lettersOf(block.text);
  const words = wordsIn(block, letters);
  const pauses = block.marks.filter(([kind]) => kind === "pause");
  const cuts = new Set([0, letters.length]);
  for (const one of words) cuts.add(one.start).add(one.end);
  for (const [start, end] of block.edits) cuts.add(start).add(end);
  for (const [start, end] of block.sentences) cuts.add(start).add(end);
  for (const [, at] of pauses) cuts.add(at);
  const places = [...cuts].sort((a, b) => a - b);
  const sentences = block.sentences.map(([start, end], number) => make("span", {
    class: "s", role: "group", "data-start": start, "data-end": end, tabindex: -1,
    "aria-label": `Sentence ${number + 1} of ${block.sentences.length}; Enter plays it`,
  }));
  const written = make("p", { class: "written", dir: "auto" });
  const pausesAt = (at) => pauses.filter(([, start]) => start === at).map(pauseSign);
  for (let i = 0; i + 1 < places.length; i += 1) {
    const [start, end] = [places[i], places[i + 1]];
    const number = block.sentences.findIndex(([first, stop]) => first <= start && end <= stop);
    const parent = number < 0 ? written : sentences[number];
    if (number >= 0 && !parent.parentNode) written.append(parent);
    parent.append(...pausesAt(start), pieceOf(block, letters.slice(start, end).join(""), start, end, words));
  }
  if (letters.length) written.append(...pausesAt(letters.length));
  return written;
};

const pieceOf = (block, text, start, end, words) => {
  const word = words.find((one) => one.start <= start && end <= one.end);
  const edit = block.edits.find(([first, stop]) => first <= start && end <= stop);
  if (word && !block.dropped) {
    const told = word.marked ? `said ${word.marked}` : "may be said wrong";
    return make("button", {
      type: "button", class: word.marked ? "w marked" : "w", "data-start": word.start, "data-end": word.end, tabindex: -1,
      title: told, "aria-label": `${text}, ${told}; choose how`, "aria-haspopup": "dialog", text,
    });
  }
  return edit ? make("span", { class: "edit", title: `said otherwise, by the rule ${edit[3]}`, text }) : document.createTextNode(text);
};

/* What is said, where that is not what is written. */
const saidOf = (block) => {
  const said = make("p", { class: "said", dir: "auto" });
  if (block.dropped) return said;
  if (block.say) {
    said.append(make("ins", { title: "by the editor: said instead", text: block.say }));
  } else if (block.edits.length) {
    const letters = lettersOf(block.text);
    let at = 0;
    for (const [start, end, after, rule] of block.edits) {
      said.append(letters.slice(at, start).join(""));
      const before = letters.slice(start, end).join("");
      said.append(make("ins", { title: `by the rule ${rule}, instead of “${before}”`, text: after || "∅" }));
      at = end;
    }
    said.append(letters.slice(at).join(""));
  } else if (block.said) {
    said.append(make("ins", { title: "said instead", text: block.said }));
  }
  if (said.hasChildNodes()) said.prepend(make("span", { class: "hidden", text: "Said: " }));
  return said;
};

const reasonOf = (block) => (block.dropped ? [make("p", {
  class: "reason", text: `Left out by ${block.rule === "draft" ? "the editor" : `the rule ${block.rule}`}${block.why ? `: ${block.why}` : ""}`,
})] : []);

const voiceOf = (block) => {
  const whole = block.marks.find(([kind, start, end]) => kind === "voice" && start === 0 && end === lettersOf(block.text).length);
  return whole ? whole[3] : "";
};

const actionsOf = (block) => {
  const button = (does, text, more = {}) => make("button", { type: "button", "data-does": does, tabindex: -1, text, ...more });
  const voice = voiceOf(block);
  return make("div", { class: "actions", role: "group", "aria-label": "What to do with the block" },
    button("hear", "Hear"), block.dropped ? button("keep", "Keep") : button("drop", "Drop"),
    ...(block.dropped ? [] : [button("more", "Change …", { "aria-expanded": String(Boolean(block.open)) })]),
    ...(voice ? [make("span", { class: "reason", text: `Voice: ${voice}` })] : []));
};

const filledBlock = (element, block) => {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const extra = element.querySelector(":scope > .extra");
  const key = focused && focused.dataset.does;
  element.className = `block ${block.kind}${block.dropped ? " dropped" : ""}`;
  element.setAttribute("aria-label", `${kindOf(block)}${block.dropped ? ", left out" : ""}`);
  const sides = make("div", { class: "sides" }, writtenOf(block), saidOf(block));
  const parts = [make("p", { class: "kind", "aria-hidden": "true", text: kindOf(block) }), sides, ...reasonOf(block), actionsOf(block)];
  if (extra && focused && extra.contains(focused)) {
    for (const one of [...element.children]) if (one !== extra) one.remove();
    extra.before(...parts);
  } else {
    element.replaceChildren(...parts, ...(block.open && !block.dropped ? [panelOf(block)] : []));
    if (focused) {
      const same = { drop: "keep", keep: "drop" }[key] || key;
      (element.querySelector(`[data-does="${same}"]`) || element).focus({ preventScroll: true });
    }
  }
  if (page.blocks[page.here] === block) setHere(element);
};

const shown = (block) => {
  const element = make("li", { id: `b-${block.id}`, tabindex: -1 });
  filledBlock(element, block);
  return element;
};

const setHere = (element) => {
  for (const old of document.querySelectorAll(".block.here")) {
    if (old !== element) {
      old.classList.remove("here");
      old.tabIndex = -1;
      for (const one of old.querySelectorAll("[tabindex='0']")) one.tabIndex = -1;
    }
  }
  element.classList.add("here");
  element.tabIndex = 0;
  for (const one of element.querySelectorAll(".s, .w, .actions button")) one.tabIndex = 0;
};

const elementOf = (block) => byId(`b-${block.id}`);
const blockOf = (node) => {
  const element = node.closest && node.closest(".block");
  return element ? page.blocks[page.places.get(element.id.slice(2))] : undefined;
};
