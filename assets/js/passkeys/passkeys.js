/* Passkeys, on the pages that have a form for one.

   <form action="…" data-passkey="/sign-in/passkey-ceremony">     fetches a question there, has the browser put
     <input type="hidden" name="ceremony">                        it to the person's device, and is sent with the
     <input type="hidden" name="credential">                      answer, as any form is
     <p class="passkey-failure" hidden>                           shown when there is none

   A question that names a user asks for a new key, any other for a signature by one. */
(() => {
  "use strict";
  const answered = new WeakSet();
  const asking = new WeakSet();

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (bytes) => {
    const plain = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const known = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

  function create({ publicKey }) {
    const user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
    const excludeCredentials = known(publicKey.excludeCredentials);
    const challenge = toBytes(publicKey.challenge);
    return navigator.credentials.create({ publicKey: { ...publicKey, challenge, user, excludeCredentials } });
  }

  function prove({ publicKey }) {
    const allowCredentials = known(publicKey.allowCredentials);
    const challenge = toBytes(publicKey.challenge);
    return navigator.credentials.get({ publicKey: { ...publicKey, challenge, allowCredentials } });
  }

  function written({ id, rawId, type, response }) {
    const parts = { clientDataJSON: toText(response.clientDataJSON) };
    if (response.attestationObject) {
      parts.attestationObject = toText(response.attestationObject);
      parts.transports = response.getTransports?.() ?? [];
    } else {
      parts.authenticatorData = toText(response.authenticatorData);
      parts.signature = toText(response.signature);
      parts.userHandle = response.userHandle ? toText(response.userHandle) : null;
    }
    return JSON.stringify({ id, rawId: toText(rawId), type, response: parts });
  }

  async function answer(form) {
    const token = new URLSearchParams({ form_token: form.elements.form_token.value });
    const headers = { Accept: "application/json" };
    const reply = await fetch(form.dataset.passkey, { method: "POST", headers, body: token });
    if (!reply.ok) throw new Error(`${reply.status}`);
    const { ceremony, options } = await reply.json();
    const credential = await (options.publicKey.user ? create(options) : prove(options));
    form.elements.ceremony.value = ceremony;
    form.elements.credential.value = written(credential);
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.passkey || answered.delete(form)) return;
    event.preventDefault();
    if (asking.has(form)) return;
    asking.add(form);
    const failure = form.querySelector(".passkey-failure");
    const button = event.submitter;
    failure.hidden = true;
    button?.setAttribute("aria-busy", "true");
    try {
      await answer(form);
      answered.add(form);
      form.requestSubmit(button);
    } catch {
      // Refused by the person, by the browser or by the server: in each case they can press again.
      failure.hidden = false;
      button?.removeAttribute("aria-busy");
    }
    asking.delete(form);
  });

  // What was sent does not come back with Back: it is good once.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-passkey] [name=ceremony], form[data-passkey] [name=credential]").forEach((input) => {
      input.value = "";
    });
  });
})();
