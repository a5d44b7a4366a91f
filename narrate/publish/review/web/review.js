const head = byId("head");

const saving = (text, isUnsaved = false, isTyping = false) => {
  byId("saved").toggleAttribute("data-typing", isTyping);
  byId("saved").textContent = text;
  byId("saved").classList.toggle("unsaved", isUnsaved);
};

const status = (told) => {
  page.revision = told.revision;
  byId("undo").disabled = !told.can_undo;
  byId("redo").disabled = !told.can_redo;
  byId("retry").hidden = !told.unsaved;
  saving(told.unsaved ? `Not saved: ${told.unsaved}` : `Saved in ${page.file}`, Boolean(told.unsaved));
};

const failed = (error) => {
  byId(byId("word").open ? "word-failure" : "failure").textContent = error.message;
  byId("reload").hidden = error.status !== 409;
};

const showHead = (told) => {
  for (const [name, value] of Object.entries(told)) {
    const field = head.elements[name];
    if (field && field !== document.activeElement) field.value = value;
  }
  document.title = `${told.title || "Review"} – review`;
};

/* Blocks that the server has changed; all where other words have become doubtful. */
const update = (told) => {
  for (const block of told.blocks) {
    const place = page.places.get(block.id);
    block.open = page.blocks[place].open;
    page.blocks[place] = block;
  }
  const isOther = gatherDoubtful();
  for (const block of isOther ? page.blocks : told.blocks) filledBlock(elementOf(block), block);
  if (told.head) showHead(told.head);
  status(told);
};

const show = (told) => {
  const open = new Set(page.blocks.filter((block) => block.open).map((block) => block.id));
  Object.assign(page, { file: told.file, blocks: told.blocks, voices: told.voices });
  page.places = new Map(told.blocks.map((block, place) => [block.id, place]));
  for (const block of page.blocks) block.open = open.has(block.id);
  page.here = Math.min(page.here, Math.max(0, page.blocks.length - 1));
  head.elements.voice.replaceChildren(make("option", { value: "", text: "as set" }), ...told.voices.map((name) => make("option", { value: name, text: name })));
  gatherDoubtful();
  const hadFocus = byId("blocks").contains(document.activeElement);
  byId("blocks").replaceChildren(...page.blocks.map(shown));
  showHead(told.head);
  status(told);
  if (hadFocus && page.blocks.length) elementOf(page.blocks[page.here]).focus({ preventScroll: true });
};

const clear = () => {
  byId("failure").textContent = "";
  byId("reload").hidden = true;
};

const change = (made, isThrown = false) => inTurn(async () => {
  saving("Saving …");
  try {
    update(await tell("change", { revision: page.revision, change: made }));
    clear();
  } catch (error) {
    saving(`Not saved: ${error.message}`, true);
    if (isThrown) throw error;
    failed(error);
  }
});

const moved = (name) => inTurn(async () => {
  try {
    update(await tell(name));
    clear();
  } catch (error) {
    failed(error);
  }
});

/* What is said of each block is made after the page has opened. */
const again = () => inTurn(async () => show(await ask("notes")));

const go = (place) => {
  if (!page.blocks.length) return;
  page.here = Math.max(0, Math.min(page.blocks.length - 1, place));
  const element = elementOf(page.blocks[page.here]);
  setHere(element);
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
};

const does = {
  hear: hearBlock,
  drop: (block) => change({ does: "drop", id: block.id }),
  keep: (block) => change({ does: "keep", id: block.id }),
  more: (block) => openPanel(block, !block.open),
};

byId("blocks").addEventListener("click", (event) => {
  const block = blockOf(event.target);
  if (!block) return;
  page.here = page.places.get(block.id);
  setHere(elementOf(block));
  const button = event.target.closest("button");
  if (button && button.classList.contains("w")) choose(block, Number(button.dataset.start), Number(button.dataset.end));
  else if (button && does[button.dataset.does]) does[button.dataset.does](block);
  else if (!button && event.target.closest(".s")) hearSentence(event.target.closest(".s"));
});

byId("blocks").addEventListener("focusin", (event) => {
  const block = blockOf(event.target);
  if (block) { page.here = page.places.get(block.id); setHere(elementOf(block)); }
});

const editNow = (block) => {
  if (block.dropped) return;
  if (!block.open) openPanel(block, true);
  elementOf(block).querySelector("textarea").focus();
};

const isTyping = (node) => node.matches("input, textarea, select");

document.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y") && !isTyping(event.target)) {
    event.preventDefault();
    moved(key === "y" || event.shiftKey ? "redo" : "undo");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const block = page.blocks[page.here];
  if (isTyping(event.target)) {
    if (event.key === "Escape" && blockOf(event.target)) elementOf(block).focus();
    return;
  }
  if (event.key === "Enter" && event.target.matches(".s")) { event.preventDefault(); hearSentence(event.target); return; }
  const keys = {
    j: () => go(page.here + 1), arrowdown: () => go(page.here + 1),
    k: () => go(page.here - 1), arrowup: () => go(page.here - 1),
    d: () => block.dropped || does.drop(block), u: () => block.dropped && does.keep(block),
    e: () => editNow(block), "?": () => byId("keys").showModal(),
    " ": () => hearBlock(block), escape: silence,
  };
  if (!keys[key] || !block || (key === " " && event.target.matches("button"))) return;
  event.preventDefault();
  keys[key]();
});

/* Words that were typed a moment ago are not lost with the window. */
addEventListener("beforeunload", (event) => { if (byId("saved") && byId("saved").hasAttribute("data-typing")) event.preventDefault(); });

head.addEventListener("submit", (event) => event.preventDefault());
head.addEventListener("change", (event) => change({ does: "head", field: event.target.name, value: event.target.value }));
byId("undo").addEventListener("click", () => moved("undo"));
byId("redo").addEventListener("click", () => moved("redo"));
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("retry").addEventListener("click", () => inTurn(async () => { try { status(await tell("save")); } catch (error) { failed(error); } }));
byId("reload").addEventListener("click", () => inTurn(async () => {
  try {
    silence();
    show(await tell("reload"));
    clear();
  } catch (error) {
    failed(error);
  }
}));

/* Somebody may have edited the file meanwhile. */
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") checkFile();
});
addEventListener("focus", () => checkFile());
const checkFile = () => inTurn(async () => {
  try {
    if ((await ask("check")).is_changed_outside) failed(new Failed(409, `${page.file} was changed by another program`, "load it again, then go on"));
  } catch (error) {
    failed(error);
  }
});

const showWork = (told) => {
  const isWorking = told.state === "working";
  byId("work").hidden = told.state === "none";
  byId("progress").hidden = !isWorking;
  byId("make").disabled = isWorking;
  if (isWorking && told.total) {
    byId("progress").max = told.total;
    byId("progress").value = told.done;
  }
  if (isWorking) byId("made").textContent = told.stage === "encode" ? "Encoding" : "Speaking";
  if (told.state === "failed") byId("made").textContent = [told.message, told.hint].filter(Boolean).join("; ");
  if (told.state === "made") {
    const links = [["page", "its page"], ["file", "its sound"]].filter(([name]) => told[name])
      .map(([name, text]) => make("a", { href: `./${encodeURIComponent(told[name])}`, target: "_blank", rel: "noopener", text }));
    byId("made").replaceChildren(`Made: ${told.path} `, ...links.flatMap((link) => [link, " "]));
  }
  return isWorking;
};

const watchWork = async () => {
  try {
    if (showWork(await ask("making"))) setTimeout(watchWork, 400);
  } catch (error) {
    failed(error);
  }
};

byId("make").addEventListener("click", () => inTurn(async () => {
  try {
    clear();
    showWork(await tell("make"));
    setTimeout(watchWork, 200);
  } catch (error) {
    failed(error);
  }
}));

byId("done").addEventListener("click", () => inTurn(async () => {
  try {
    silence();
    await tell("done");
    document.querySelector("main").replaceChildren(make("p", { role: "status", text: `Done. ${page.file} has all changes; this page can be closed.` }));
    document.querySelector(".top").remove();
  } catch (error) {
    failed(error);
  }
}));

inTurn(async () => {
  try {
    const told = await ask("state");
    show(told);
    if (!told.is_noted) show(await ask("notes"));
    document.documentElement.dataset.ready = "yes";
    watchWork();
  } catch (error) {
    failed(error);
  }
});
