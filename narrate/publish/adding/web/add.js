(() => {
  const by = (id) => document.getElementById(id);
  const form = by("add");
  document.documentElement.classList.add("scripted");
  const CLOSES_MS = 4000;
  const MOST_CHARS = 8_000_000;  // the server takes ten megabytes

  // Where the window that opened this one says what its page looks like; other windows are not heard.
  const opener = window.opener;
  let html = "";

  function wordsOf(text) {
    return (text.match(/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]|[^\s\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]+/gu) || []).length;
  }

  /** Whether a page of that origin may speak for the address: its own, or it has none on the web. */
  function isOwn(origin) {
    const url = form.elements.url?.value || "";
    return !inbox.addressIn(url) || new URL(url).origin === origin;
  }

  function offered(event) {
    const { narrate, html: sent } = event.data || {};
    if (event.source !== opener || narrate !== "page" || typeof sent !== "string" || html) return;
    if (!isOwn(event.origin) || sent.length > MOST_CHARS) return;
    // A document without a window: nothing in it runs, and nothing of it is loaded.
    const page = new DOMParser().parseFromString(sent, "text/html");
    for (const element of page.querySelectorAll("script, style, noscript, template")) element.remove();
    const words = wordsOf(page.body.textContent);
    if (!words) return;
    html = sent;
    by("which-page").textContent = `The page as you see it, ${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}`;
    by("which").hidden = false;
    if (form.elements.url && inbox.addressIn(form.elements.url.value)) return;
    form.elements.which.value = "page";  // there is no address that the server could ask
    form.querySelector("[value='address']").closest("label").hidden = true;
  }
  if (opener) {
    addEventListener("message", offered);
    opener.postMessage("narrate: what is there?", "*");  // says nothing that is not known to all
  }

  function fields() {
    const value = (name) => form.elements[name]?.value || "";
    const given = Object.fromEntries(["url", "title", "text"].map((name) => [name, value(name)]).filter(([, text]) => text));
    if (html && form.elements.which.value === "page") {
      delete given.text;
      if (given.url && !inbox.addressIn(given.url)) delete given.url;
      return { ...given, html };
    }
    return given;
  }

  const OUTCOMES = {
    waiting: "Added. It is spoken as soon as it is its turn.", working: "It is being made already.",
    known: "It is already here.", done: "It is already here.", failed: "It was added before, and failed; the library says why.",
  };

  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    inbox.say(by("add-error"), null);
    by("add-said").textContent = "Sending…";
    try {
      const entry = await inbox.post("../inbox", fields());
      by("add-said").textContent = OUTCOMES[entry.state] || OUTCOMES.waiting;
      finished();
    } catch (refusal) {
      by("add-said").textContent = "";
      inbox.say(by("add-error"), refusal);
      isSending = false;
    }
  });

  /** Nothing is left to do here: the button closes the window, and a moment later it closes by itself. */
  function finished() {
    by("which").hidden = true;
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    const button = form.querySelector("[type='submit']");
    if (!opener) { form.querySelector(".home").focus(); button.remove(); return; }
    close.addEventListener("click", () => window.close());
    button.replaceWith(close);
    close.focus();
    setTimeout(() => window.close(), CLOSES_MS);
  }
})();
