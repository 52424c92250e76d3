/* The bar at the top of the page, while something takes longer than 150 ms.

   <div class="busy-bar" id="busy">                    gets the class "busy"

   Counts htmx requests and plain forms on their way. Elements that fetch themselves again in the
   background ([data-live-topic]) do not count. */
(() => {
  "use strict";
  const PATIENCE = 150;
  const bar = document.getElementById("busy");
  if (!bar) return;
  const running = new Map();

  const begin = (key) => running.set(key, setTimeout(() => bar.classList.add("busy"), PATIENCE));
  const end = (key) => {
    clearTimeout(running.get(key));
    running.delete(key);
    if (running.size === 0) bar.classList.remove("busy");
  };

  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement.matches("[data-live-topic]")) begin(ctx);
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => end(ctx));

  // Bubbling to the window comes after every other listener had its chance to prevent it.
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) begin("page");
  });
  window.addEventListener("pageshow", () => end("page"));
})();
