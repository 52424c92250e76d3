/* What happens when a reply to htmx is not the fragment that was asked for.

   <body data-words-failed="…" data-words-lost="…">    sentences for the two ways to fail

   422         is swapped in as usual, and the first field with an error gets the focus, as on a page that
               came with one.
   Other 4xx/5xx   leave the page alone and show a toast: the reply's [data-error], or the sentence;
                   unless the reply says with HX-Retarget where it belongs.
   A whole page    (a form answered by a redirect, say) takes the whole window there.
   No reply        shows a toast. */
(() => {
  "use strict";
  const words = document.body.dataset;
  const toError = () => document.querySelector("[aria-invalid=true]")?.focus();

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    // htmx restores history by swapping the body, which is meant to take a whole page.
    if (!ctx.response || ctx.target === document.body) return;
    const { status, raw } = ctx.response;
    const whole = /^\s*<!doctype/i.test(ctx.text);
    if (status >= 400 && status !== 422) {
      // A reply that names its own target is meant to be shown there.
      if (ctx.hx?.retarget && !background(ctx)) return;
      event.preventDefault();
      if (!background(ctx)) toast(sentence(ctx.text) ?? words.wordsFailed);
    } else if (whole) {
      event.preventDefault();
      location.assign(raw.url);
    }
  });

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response?.status === 422) toError();
  });
  toError();

  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx && !background(detail.ctx)) toast(words.wordsLost);
  });

  const background = (ctx) => ctx.sourceElement.matches("[data-live-topic]");
  const toast = (message) => document.dispatchEvent(new CustomEvent("portico:toast", { detail: message }));

  function sentence(text) {
    return new DOMParser().parseFromString(text, "text/html").querySelector("[data-error]")?.textContent.trim();
  }
})();
