(() => {
  const by = (id) => document.getElementById(id);
  const form = by("add"), field = by("add-text"), error = by("add-error");
  let sending = 0;

  function refuse(refusal) {
    inbox.say(error, refusal);
    field.setAttribute("aria-invalid", String(Boolean(refusal)));
  }

  /** Send one thing; what is said against it stands at the form. */
  async function send(fields, name) {
    sending++;
    let told = "";
    by("add-sending").textContent = name ? `Sending ${name}…` : "Sending…";
    try {
      told = work.added(await work.post("", fields));
      return true;
    } catch (refusal) {
      const message = name ? `${name}: ${refusal.message}` : refusal.message;
      refuse({ message, hint: refusal.unreachable ? "Nothing is lost; send it again when it does" : refusal.hint });
      return false;
    } finally {
      sending--;
      if (!sending) by("add-sending").textContent = told;
    }
  }

  async function sendText() {
    const written = field.value, text = written.trim();
    refuse(null);
    if (!text) {
      refuse({ message: "Paste an address or a text first, or choose a file" });
      field.focus();
      return;
    }
    const address = inbox.addressIn(text);
    const isTaken = await send(address ? { url: address } : { text }, "");
    if (!isTaken || field.value !== written) return;
    field.value = "";
    grow();
  }

  async function sendFiles(files) {
    refuse(null);
    for (const file of files) await send({ file }, file.name);
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
    if (error.textContent) refuse(null);
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
