/* Keeps the focus near its place when what had it is replaced or gone.

   After a swap that left the focus nowhere it goes to the first control of what is around the old
   one and still there, by id: itself, its row, the rows after and before it, and so outwards. */
(() => {
  "use strict";
  const CONTROLS = "a[href], button:not([data-reorder-handle]), summary, input:not([type=hidden]), select, textarea";
  let around = [];

  document.addEventListener("htmx:before:swap", () => {
    around = [...idsAround(document.activeElement)];
  });

  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement !== document.body) return;
    const places = around.map((id) => document.getElementById(id)).filter(Boolean);
    const controls = places.flatMap((place) => [place, ...place.querySelectorAll(CONTROLS)]);
    controls.find((each) => each.matches(CONTROLS) && each.checkVisibility())?.focus();
  });

  function* idsAround(element) {
    for (let each = element.closest("[id]"); each; each = each.parentElement?.closest("[id]")) {
      yield each.id;
      for (let next = each.nextElementSibling; next; next = next.nextElementSibling) if (next.id) yield next.id;
      for (let last = each.previousElementSibling; last; last = last.previousElementSibling) if (last.id) yield last.id;
    }
  }
})();
