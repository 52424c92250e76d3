/* What shows that something is on its way, and keeps it from being sent twice.

   <div class="busy-bar" id="busy">                    gets the class "busy" after 150 ms
   <button>                                            is aria-busy from its press until the answer
   <button data-download>                              is not: its answer leaves the page as it is

   Counts htmx requests and plain forms on their way. Elements that fetch themselves again in the
   background ([data-live-topic]) do not count. While a plain form that changes something is on its way,
   further presses are dropped, as `hx-sync` does for the others. Back ends that, and so does Escape, by
   which a browser stops; no event tells of its button, so half a minute without an answer does, too. */
(() => {
  "use strict";
  const PATIENCE = 150;
  const LONGEST = 30_000;
  const bar = document.getElementById("busy");
  if (!bar) return;
  const running = new Map();

  function begin(key, button) {
    end(key);
    button?.setAttribute("aria-busy", "true");
    const timer = setTimeout(() => bar.classList.add("busy"), PATIENCE);
    running.set(key, { button, timer });
  }

  function end(key) {
    const { button, timer } = running.get(key) ?? {};
    clearTimeout(timer);
    button?.removeAttribute("aria-busy");
    running.delete(key);
    if (running.size === 0) bar.classList.remove("busy");
  }

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement.matches("[data-live-topic]")) begin(ctx, ctx.sourceEvent?.submitter);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => end(ctx));

  // Bubbling to the window comes after every other listener had its chance to prevent it.
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.matches("[data-download]")) return;
    const changes = (event.submitter?.formMethod || event.target.method) === "post";
    if (changes && running.has("change")) return event.preventDefault();
    begin(changes ? "change" : "question", event.submitter);
    clearTimeout(limit);
    limit = setTimeout(endBoth, LONGEST);
  });

  let limit = 0;
  const endBoth = () => ["change", "question"].forEach(end);
  window.addEventListener("pageshow", endBoth);
  window.addEventListener("keydown", ({ key }) => key === "Escape" && endBoth());
})();
