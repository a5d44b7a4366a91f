const dialog = byId("word");
const word = { block: null, start: 0, end: 0, text: "", from: null };

const choose = async (block, start, end) => {
  const text = lettersOf(block.text).slice(start, end).join("");
  Object.assign(word, { block, start, end, text });
  byId("word-itself").textContent = text;
  for (const id of ["own-ipa", "own-say"]) byId(id).value = "";
  byId("word-failure").textContent = "";
  byId("word-line").textContent = "";
  byId("choices").replaceChildren();
  byId("plain").disabled = !block.marks.some(([kind, first, stop]) => SAID_BY.has(kind) && first === start && stop === end);
  dialog.showModal();
  try {
    const found = await tell("choices", { id: block.id, word: text });
    byId("choices").replaceChildren(...found.choices.map(choiceOf));
    const names = { article: "that beside the article", user: "your own" };
    byId("lexicon").replaceChildren(...Object.entries(found.files).map(([where, file]) =>
      make("option", { value: where, text: `${names[where]}: ${file}` })));
  } catch (error) {
    byId("word-failure").textContent = error.message;
  }
};

const choiceOf = (choice, number) => make("label", { class: "choice" },
  make("input", { type: "radio", name: "choice", value: JSON.stringify([choice.way, choice.value]), checked: number === 0 }),
  make("span", {}, choice.label), ...(choice.value ? [make("span", { class: "value", text: choice.value })] : []));

/* What one typed goes before what one chose. */
const chosen = () => {
  if (byId("own-ipa").value.trim()) return ["ipa", byId("own-ipa").value.trim().replace(/^\/|\/$/g, "")];
  if (byId("own-say").value.trim()) return ["say", byId("own-say").value.trim()];
  const one = dialog.querySelector("input[name=choice]:checked");
  return one ? JSON.parse(one.value) : null;
};

const asChange = (more = {}) => {
  const one = chosen();
  if (!one) throw new Failed(0, "choose a pronunciation, or write your own");
  return { does: "sound", id: word.block.id, start_char: word.start, end_char: word.end, way: one[0], value: one[1], ...more };
};

const inDialog = (does) => async () => {
  byId("word-failure").textContent = "";
  try {
    await does();
  } catch (error) {
    byId("word-failure").textContent = error.message;
  }
};

/* The sentence that the word is in, as it would be. */
byId("try").addEventListener("click", inDialog(async () => {
  const around = word.block.sentences.find(([start, end]) => start <= word.start && word.end <= end) || [0, 0];
  await hear({ id: word.block.id, start_char: around[0], end_char: around[1], trial: asChange() });
}));

byId("for-article").addEventListener("click", inDialog(async () => {
  await change(asChange({ everywhere: true }), true);
  dialog.close();
}));

byId("plain").addEventListener("click", inDialog(async () => {
  await change({ does: "plain", id: word.block.id, start_char: word.start, end_char: word.end }, true);
  dialog.close();
}));

const asLine = (write) => {
  const change = asChange();
  return { word: word.text, way: change.way, value: change.value, where: byId("lexicon").value, write };
};

const showLine = async () => {
  try {
    const told = await tell("lexicon", asLine(false));
    byId("word-line").textContent = `[${told.table}] ${told.line} → ${told.file}`;
    byId("word-failure").textContent = "";
  } catch (error) {
    byId("word-line").textContent = "";
    byId("word-failure").textContent = error.message;
  }
};

byId("for-all").addEventListener("click", inDialog(async () => {
  const told = await inTurn(() => tell("lexicon", asLine(true)));
  update(told);
  await again();
  byId("word-line").textContent = `Written: [${told.table}] ${told.line} → ${told.file}`;
}));

let waitForLine = 0;
dialog.addEventListener("input", () => { clearTimeout(waitForLine); waitForLine = setTimeout(showLine, 250); });
dialog.addEventListener("close", () => {
  const element = word.block && elementOf(word.block);
  const same = element && element.querySelector(`.w[data-start="${word.start}"]`);
  if (element) (same || element).focus({ preventScroll: true });
});
