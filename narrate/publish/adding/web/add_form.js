(() => {
  const by = (id) => document.getElementById(id);
  const form = by("add"), field = by("add-text"), error = by("add-error");
  let sending = 0;

  /** Say at the form what was refused, one after the other; with nothing in the list, take back what was said. */
  function refuse(refusals) {
    error.replaceChildren(...refusals.map((refusal) => {
      const line = document.createElement("span");
      inbox.say(line, refusal);
      return line;
    }));
    field.setAttribute("aria-invalid", String(refusals.length > 0));
  }

  /** Send one thing; returns what was said against it, null if it was taken. */
  async function send(fields, name) {
    let told = "";
    sending++;
    by("add-sending").textContent = name ? `Sending ${name}…` : "Sending…";
    try {
      told = work.added(await work.post("", fields));
      return null;
    } catch (refusal) {
      const message = name ? `“${name}”: ${refusal.message}` : refusal.message;
      return { message, hint: refusal.unreachable ? "Nothing is lost; send it again when it does" : refusal.hint };
    } finally {
      sending--;
      if (!sending) by("add-sending").textContent = told;
    }
  }

  async function sendText() {
    const written = field.value, text = written.trim();
    refuse([]);
    if (!text) {
      refuse([{ message: "Paste an address or a text first, or choose a file" }]);
      field.focus();
      return;
    }
    const address = inbox.addressIn(text);
    const refusal = await send(address ? { url: address } : { text }, "");
    if (refusal) refuse([refusal]);
    if (refusal || field.value !== written) return;
    field.value = "";
    grow();
  }

  /** Whether a browser can read a file: it cannot if that is a folder, or has gone since it was chosen. */
  async function isReadable(file) {
    try {
      await file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  async function sendFiles(files) {
    const refusals = [];
    refuse(refusals);
    for (const file of files) {
      const unreadable = { message: `“${file.name}” cannot be read`, hint: "Choose files, not folders" };
      const refusal = await isReadable(file) ? await send({ file }, file.name) : unreadable;
      if (!refusal) continue;
      refusals.push(refusal);
      refuse(refusals);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!sending) sendText();
  });
  by("add-file").multiple = true;  // each is sent by itself, which takes this script
  by("add-file").addEventListener("change", ({ target }) => {
    sendFiles(Array.from(target.files));
    target.value = "";  // so that the same file can be chosen again
  });

  // Enter sends an address, and is a new line in a text; with Ctrl or Command it sends both.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
    if (!event.ctrlKey && !event.metaKey && !inbox.addressIn(field.value.trim())) return;
    event.preventDefault();
    form.requestSubmit();
  });

  function grow() {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
  field.addEventListener("input", () => {
    if (error.textContent) refuse([]);
    grow();
  });
  grow();

  // ---- files are dropped anywhere on the page, or pasted into the field

  const bringsFiles = (event) => Array.from(event.dataTransfer?.types || []).includes("Files");
  addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("dropping");
  });
  addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!bringsFiles(event)) return;
    event.preventDefault();
    sendFiles(Array.from(event.dataTransfer.files));
  });
  field.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files || []);
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    sendFiles(files);
  });
})();
