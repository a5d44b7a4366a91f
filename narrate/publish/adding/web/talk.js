const inbox = (() => {
  // What the server does not answer in so long is asked again; what is sent may take as long as it takes.
  const ANSWER_MS = 10000;

  /** What the server said against it, or that it said nothing: `unreachable`. */
  class Refusal extends Error {
    constructor(message, hint = "", unreachable = false) {
      super(message);
      this.hint = hint;
      this.unreachable = unreachable;
    }
  }

  async function talk(address, options) {
    let reply, answer = null;
    try {
      const headers = { accept: "application/json", ...options.headers };
      reply = await fetch(address, { cache: "no-store", credentials: "same-origin", ...options, headers });
      if (/\bjson\b/.test(reply.headers.get("content-type") || "")) answer = await reply.json();
    } catch {
      throw new Refusal("The server does not answer.", "", true);
    }
    if (reply.ok && answer) return answer;
    const { message, hint } = (answer && answer.error) || {};
    if (!message && reply.status >= 500) throw new Refusal("The server is not ready.", "", true);
    throw new Refusal(message || `The server answered with an error (${reply.status}).`, hint || "");
  }

  /** Ask for the answer at an address. */
  const ask = (address) => talk(address, { signal: AbortSignal.timeout(ANSWER_MS) });

  /** Post fields; a file among them is sent as forms send it. */
  function post(address, fields = {}) {
    if (!(fields.file instanceof File)) {
      const headers = { "content-type": "application/json" };
      return talk(address, { method: "POST", body: JSON.stringify(fields), headers });
    }
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    return talk(address, { method: "POST", body: form });
  }

  /** Say in an element what was refused; nothing takes back what was said. */
  function say(element, refusal) {
    element.textContent = refusal ? [refusal.message, refusal.hint].filter(Boolean).map(sentence).join(" ") : "";
  }
  /** A message as a sentence of its own; an address or a name of a file at its beginning stays as it is. */
  function sentence(text) {
    const begin = /^[a-z]+[\s,’']/.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
    return begin + text.slice(1) + (!text || /[.!?…]$/.test(text) ? "" : ".");
  }

  /** An address as the browser reads it, "" if it is none; not every browser has URL.canParse. */
  function urlOf(address, base) {
    try { return new URL(address, base).href; } catch { return ""; }
  }

  /** An address of the web, also one that was typed without its scheme; "" for all else. */
  function addressIn(text) {
    const typed = /^(www\.[^\s/]+\.[^\s/]+|[a-z0-9-]+(\.[a-z0-9-]+)+\/)\S*$/i.test(text) ? `https://${text}` : text;
    return /^https?:\/\/\S+$/i.test(typed) && urlOf(typed) ? typed : "";
  }

  return { Refusal, ask, post, say, sentence, addressIn, urlOf };
})();
