/* Changes of a block that need more than a button. */
const PAUSES = [0, 300, 700, 1000, 2000, 3000, 5000];

const pauseSelect = (block, at) => {
  const now = block.marks.find(([kind, start]) => kind === "pause" && start === at);
  const duration = now ? Number(now[3]) : 0;
  const all = [...new Set([...PAUSES, duration])].sort((a, b) => a - b);
  return all.map((ms) => make("option", { value: ms, selected: ms === duration, text: ms ? durationOf(ms) : "as usual" }));
};

const debounced = (does, ms) => {
  let waits = 0;
  return { soon: () => { clearTimeout(waits); waits = setTimeout(does, ms); }, now: () => { clearTimeout(waits); does(); } };
};

const sayField = (block) => {
  const field = make("textarea", { "data-does": "say", dir: "auto", rows: 2 });
  field.value = block.say;
  const current = () => page.blocks[page.places.get(block.id)];
  const save = debounced(() => {
    if (field.value.trim() !== current().say) change({ does: "say", id: block.id, text: field.value });
    else saving(`Saved in ${page.file}`);
  }, 700);
  field.addEventListener("input", () => { saving("Not saved yet", false, true); save.soon(); });
  field.addEventListener("change", save.now);
  return make("label", {}, "Say this instead; transcripts keep the author’s words", field);
};

const voiceField = (block) => make("label", {}, "Voice", make("select", {
  "data-does": "voice", on: { change: (event) => change({ does: "voice", id: block.id, voice: event.target.value }) },
}, make("option", { value: "", text: "the episode’s" }),
...page.voices.map((name) => make("option", { value: name, selected: name === voiceOf(block), text: name }))));

const pauseField = (block) => {
  const end = lettersOf(block.text).length;
  const places = block.sentences.map(([, stop], number) => [stop, number + 1 < block.sentences.length ? `after sentence ${number + 1}` : "after the block"]);
  const where = make("select", { "data-does": "pause-place" }, ...places.map(([at, text]) => make("option", { value: at, selected: at === end, text })));
  const long = make("select", { "data-does": "pause" }, ...pauseSelect(block, end));
  where.addEventListener("change", () => long.replaceChildren(...pauseSelect(page.blocks[page.places.get(block.id)], Number(where.value))));
  long.addEventListener("change", () => change({ does: "pause", id: block.id, at_char: Number(where.value), duration_ms: Number(long.value) }));
  return [make("label", {}, "A pause stands", where), make("label", {}, "It lasts", long)];
};

const wordField = (block) => {
  const letters = lettersOf(block.text);
  const halves = new Map(halvesTo(letters).map((half, letter) => [half, letter]));
  const found = [...block.text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)];
  const unique = [...new Map(found.map((one) => [one[0], one])).values()];
  const select = make("select", { "data-does": "word" },
    make("option", { value: "", text: "choose a word" }),
    ...unique.map((one) => make("option", { value: `${halves.get(one.index)} ${halves.get(one.index + one[0].length)}`, text: one[0] })));
  select.addEventListener("change", () => {
    if (!select.value) return;
    const [start, end] = select.value.split(" ").map(Number);
    select.value = "";
    choose(page.blocks[page.places.get(block.id)], start, end);
  });
  return make("label", {}, "How a word is said", select);
};

const panelOf = (block) => {
  const isPlain = !block.rows.length && block.kind !== "code";
  return make("div", { class: "extra", role: "group", "aria-label": "Changes" },
    sayField(block), ...(isPlain ? [voiceField(block), ...pauseField(block), wordField(block)] : []));
};

const openPanel = (block, isOpen) => {
  block.open = isOpen;
  filledBlock(elementOf(block), block);
};
